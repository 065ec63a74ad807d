using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>
/// What the messages of a wallet have in common: an input of each of its decisions, journalled by content address.
/// </summary>
public sealed class BundleTerms
{
    /// <summary>Token accounts at most.</summary>
    public const int TokenAccountsMax = 4_096;

    /// <summary>Lookup tables at most.</summary>
    public const int TablesMax = 16;

    /// <summary>Addresses of a lookup table at most.</summary>
    public const int AddressesMax = 256;

    private const byte WithoutTipBounds = 1; // of records from before decisions knew them
    private const byte WithoutArraysBehind = 2; // of records from before messages passed them
    private const byte Format = 3;
    private const int FixedBytes = 1 + 2 * Pubkey.Length + sizeof(int) + sizeof(ushort);
    private const int TipBoundsBytes = sizeof(long) + sizeof(int);

    private Digest? _hash;

    /// <summary>The wallet: pays, signs, owns the token accounts.</summary>
    public required Pubkey Wallet { get; init; }

    /// <summary>The key that is named so that nothing may be placed before the transaction.</summary>
    public required Pubkey DontFront { get; init; }

    /// <summary>Added to the compute units that the swaps need, basis points, 0 to 10,000.</summary>
    public required int UnitsMarginBasisPoints { get; init; }

    /// <summary>Bounds of the tip; null in old records, whose decisions did not know them.</summary>
    public TipBounds? TipBounds { get; init; }

    /// <summary>
    /// A swap also passes the array behind the price, into which that may have moved back by the time it lands, where
    /// the message stays within its limits. False in old records, whose messages did not.
    /// </summary>
    public bool PassesArraysBehind
    {
        get => field && TipBounds is not null; // records without bounds are older still
        init;
    }

    /// <summary>Token accounts of the wallet that exist, ascending.</summary>
    public required ImmutableArray<Pubkey> TokenAccounts { get; init; }

    /// <summary>Lookup tables as they are usable; a message takes from those that shorten it.</summary>
    public required ImmutableArray<LookupTable> Tables { get; init; }

    /// <summary>SHA-256 of the canonical bytes.</summary>
    public Digest Hash => _hash ??= Digest.Of(Encode());

    /// <summary>A token account of the wallet that exists.</summary>
    public bool Owns(Pubkey tokenAccount) => TokenAccounts.BinarySearch(tokenAccount) >= 0;

    /// <summary>The canonical bytes, little-endian in the order of the properties, each count in front.</summary>
    public byte[] Encode()
    {
        var keys = 2 + TokenAccounts.Length + Tables.Sum(table => 1 + table.Addresses.Length);
        var length = FixedBytes + (keys - 2) * Pubkey.Length + 1 + Tables.Length * sizeof(ushort);
        var bytes = new byte[length + (TipBounds is null ? 0 : TipBoundsBytes)];
        bytes[0] = TipBounds is null ? WithoutTipBounds : PassesArraysBehind ? Format : WithoutArraysBehind;
        var rest = bytes.AsSpan(1);
        Put(ref rest, Wallet);
        Put(ref rest, DontFront);
        BinaryPrimitives.WriteInt32LittleEndian(rest, UnitsMarginBasisPoints);
        rest = rest[sizeof(int)..];
        if (TipBounds is { } bounds) Put(ref rest, bounds);
        Put(ref rest, TokenAccounts);
        rest[0] = checked((byte)Tables.Length);
        rest = rest[1..];
        foreach (var table in Tables)
        {
            Put(ref rest, table.Key);
            Put(ref rest, table.Addresses);
        }
        return bytes;
    }

    /// <summary>Reads canonical bytes; null when they are not exactly such terms.</summary>
    public static BundleTerms? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= FixedBytes || bytes[0] is < WithoutTipBounds or > Format) return null;
        var rest = bytes[1..];
        var (wallet, dontFront) = (new Pubkey(rest), new Pubkey(rest[Pubkey.Length..]));
        rest = rest[(2 * Pubkey.Length)..];
        var margin = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        if (!TryBounds(ref rest, bytes[0], out var bounds)) return null;
        if (margin is < 0 or > 10_000 || !TryKeys(ref rest, TokenAccountsMax, out var accounts)) return null;
        if (rest.IsEmpty || rest[0] > TablesMax) return null;
        var tables = ImmutableArray.CreateBuilder<LookupTable>(rest[0]);
        rest = rest[1..];
        while (tables.Count < tables.Capacity)
        {
            if (rest.Length < Pubkey.Length) return null;
            var key = new Pubkey(rest);
            rest = rest[Pubkey.Length..];
            if (!TryKeys(ref rest, AddressesMax, out var addresses)) return null;
            tables.Add(new LookupTable(key, addresses));
        }
        if (!rest.IsEmpty) return null;
        return new BundleTerms
        {
            Wallet = wallet,
            DontFront = dontFront,
            UnitsMarginBasisPoints = margin,
            TipBounds = bounds,
            PassesArraysBehind = bytes[0] == Format,
            TokenAccounts = accounts,
            Tables = tables.MoveToImmutable(),
        };
    }

    private static void Put(ref Span<byte> rest, Pubkey key)
    {
        key.CopyTo(rest);
        rest = rest[Pubkey.Length..];
    }

    private static void Put(ref Span<byte> rest, ImmutableArray<Pubkey> keys)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)keys.Length));
        rest = rest[sizeof(ushort)..];
        foreach (var key in keys) Put(ref rest, key);
    }

    private static void Put(ref Span<byte> rest, TipBounds bounds)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, bounds.Max.Value);
        BinaryPrimitives.WriteInt32LittleEndian(rest[sizeof(long)..], bounds.ShareMaxBasisPoints);
        rest = rest[TipBoundsBytes..];
    }

    private static bool TryBounds(ref ReadOnlySpan<byte> rest, byte format, out TipBounds? bounds)
    {
        bounds = null;
        if (format == WithoutTipBounds) return true;
        if (rest.Length < TipBoundsBytes) return false;
        var max = BinaryPrimitives.ReadInt64LittleEndian(rest);
        var share = BinaryPrimitives.ReadInt32LittleEndian(rest[sizeof(long)..]);
        rest = rest[TipBoundsBytes..];
        bounds = new TipBounds(new Lamports(max), share);
        return max >= 0 && share is >= 0 and <= 10_000;
    }

    private static bool TryKeys(ref ReadOnlySpan<byte> rest, int most, out ImmutableArray<Pubkey> keys)
    {
        keys = [];
        if (rest.Length < sizeof(ushort)) return false;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        rest = rest[sizeof(ushort)..];
        if (count > most || rest.Length < count * Pubkey.Length) return false;
        var read = ImmutableArray.CreateBuilder<Pubkey>(count);
        for (var i = 0; i < count; i++) read.Add(new Pubkey(rest[(i * Pubkey.Length)..]));
        rest = rest[(count * Pubkey.Length)..];
        keys = read.MoveToImmutable();
        return true;
    }
}
