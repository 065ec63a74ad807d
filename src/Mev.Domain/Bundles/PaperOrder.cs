using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>
/// The message of a paper intent: all that its settlement depends on, in one canonical byte form (little-endian, fixed
/// order, <see cref="Version"/> first), under the same rule of the message hash as a transaction.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.paper-order")]
public sealed record PaperOrder
{
    /// <summary>First byte of the canonical form.</summary>
    public const byte Version = 1;

    /// <summary>Hops at most: bounds what a decoder reads.</summary>
    public const int HopsMax = 8;

    private const int FixedBytes = 1 + 32 + 1 + 8 + 8 + 8 + 1 + 8 + 8 + 8;
    private const int HopBytes = 33;

    /// <summary>The opportunity that it goes for.</summary>
    [Id(0)] public required OpportunityId Opportunity { get; init; }

    /// <summary>The cycle, starting and ending in WSOL.</summary>
    [Id(1)] public required ImmutableArray<Hop> Hops { get; init; }

    /// <summary>Lamports put in at the first hop.</summary>
    [Id(2)] public required TokenAmount AmountIn { get; init; }

    /// <summary>Tip that a landing pays.</summary>
    [Id(3)] public required Lamports Tip { get; init; }

    /// <summary>Fixed cost of the submission (signature fee, route fee).</summary>
    [Id(4)] public required Lamports Fee { get; init; }

    /// <summary>Submission route.</summary>
    [Id(5)] public required Route Route { get; init; }

    /// <summary>Slot of the newest state that the decision saw.</summary>
    [Id(6)] public required Slot DecidedIn { get; init; }

    /// <summary>
    /// Decision slot plus the route's landing delay: it executes at the start of the first slot that the feed has from
    /// this one on, and the outcome names that slot.
    /// </summary>
    [Id(7)] public required Slot LandsIn { get; init; }

    /// <summary>The competing tip that it has to exceed, drawn once and recorded.</summary>
    [Id(8)] public required Lamports TipFloor { get; init; }

    /// <summary>The canonical bytes.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="HopsMax"/> hops.</exception>
    public byte[] Encode()
    {
        if (Hops.Length is 0 or > HopsMax) throw new InvalidOperationException($"{Hops.Length} hops");
        var bytes = new byte[FixedBytes + HopBytes * Hops.Length];
        var rest = bytes.AsSpan();
        Put(ref rest, Version);
        Opportunity.Value.CopyTo(Next(ref rest, Digest.Length));
        Put(ref rest, (byte)Hops.Length);
        foreach (var hop in Hops)
        {
            hop.Pool.Address.CopyTo(Next(ref rest, Pubkey.Length));
            Put(ref rest, (byte)hop.Direction);
        }
        Put(ref rest, AmountIn.Units);
        Put(ref rest, unchecked((ulong)Tip.Value));
        Put(ref rest, unchecked((ulong)Fee.Value));
        Put(ref rest, (byte)Route);
        Put(ref rest, DecidedIn.Value);
        Put(ref rest, LandsIn.Value);
        Put(ref rest, unchecked((ulong)TipFloor.Value));
        return bytes;
    }

    /// <summary>Reads canonical bytes; false when they are not exactly one order.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PaperOrder? order)
    {
        order = null;
        if (bytes.Length < FixedBytes || bytes[0] != Version) return false;
        var opportunity = new OpportunityId(new Digest(bytes[1..]));
        int count = bytes[33];
        if (count is 0 or > HopsMax || bytes.Length != FixedBytes + HopBytes * count) return false;
        var hops = ImmutableArray.CreateBuilder<Hop>(count);
        for (var i = 0; i < count; i++)
        {
            var hop = bytes.Slice(34 + HopBytes * i, HopBytes);
            if (hop[32] > 1) return false;
            hops.Add(new Hop(new PoolId(new Pubkey(hop)), (SwapDirection)hop[32]));
        }
        var rest = bytes[(34 + HopBytes * count)..];
        order = new PaperOrder
        {
            Opportunity = opportunity,
            Hops = hops.MoveToImmutable(),
            AmountIn = new TokenAmount(Word(rest, 0)),
            Tip = new Lamports(unchecked((long)Word(rest, 8))),
            Fee = new Lamports(unchecked((long)Word(rest, 16))),
            Route = (Route)rest[24],
            DecidedIn = new Slot(Word(rest, 25)),
            LandsIn = new Slot(Word(rest, 33)),
            TipFloor = new Lamports(unchecked((long)Word(rest, 41))),
        };
        return true;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    private static void Put(ref Span<byte> rest, byte value) => Next(ref rest, 1)[0] = value;

    private static void Put(ref Span<byte> rest, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Next(ref rest, sizeof(ulong)), value);

    private static Span<byte> Next(ref Span<byte> rest, int count)
    {
        var head = rest[..count];
        rest = rest[count..];
        return head;
    }
}
