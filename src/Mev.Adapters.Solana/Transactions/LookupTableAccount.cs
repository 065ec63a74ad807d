using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// A lookup table account (public source of the address lookup table program; little-endian): state u32, deactivation
/// slot u64 at 4, slot of the last extension u64 at 12, place of its first address u8 at 20, authority as option u8 at
/// 21 and key at 22, addresses from 56.
/// </summary>
public sealed record LookupTableAccount
{
    /// <summary>Addresses of one table at most.</summary>
    public const int AddressesMax = 256;

    private const int Deactivation = 4;
    private const int LastExtension = 12;
    private const int ExtensionStart = 20;
    private const int AuthorityOption = 21;
    private const int AuthorityKey = 22;
    private const int FirstAddress = 56;
    private const uint Initialised = 1;
    private const ulong NeverDeactivated = ulong.MaxValue;

    /// <summary>The table's account.</summary>
    public required Pubkey Key { get; init; }

    /// <summary>When it was deactivated; none while it is active.</summary>
    public required Slot? DeactivatedIn { get; init; }

    /// <summary>When addresses were last added.</summary>
    public required Slot LastExtendedIn { get; init; }

    /// <summary>Place of the first address that was added then.</summary>
    public required int LastExtensionStart { get; init; }

    /// <summary>Who may extend and close it; nobody when it is frozen.</summary>
    public required Pubkey? Authority { get; init; }

    /// <summary>All addresses, by place.</summary>
    public required ImmutableArray<Pubkey> Addresses { get; init; }

    /// <summary>Reads an account of the lookup table program; null when the bytes are none. Never throws.</summary>
    public static LookupTableAccount? Read(Pubkey key, ReadOnlySpan<byte> data)
    {
        var addressBytes = data.Length - FirstAddress;
        if (addressBytes < 0 || addressBytes % Pubkey.Length != 0) return null;
        if (addressBytes / Pubkey.Length > AddressesMax || data[AuthorityOption] > 1) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(data) != Initialised) return null;
        var deactivation = BinaryPrimitives.ReadUInt64LittleEndian(data[Deactivation..]);
        var addresses = ImmutableArray.CreateBuilder<Pubkey>(addressBytes / Pubkey.Length);
        while (addresses.Count < addresses.Capacity)
            addresses.Add(new Pubkey(data[(FirstAddress + Pubkey.Length * addresses.Count)..]));
        return new LookupTableAccount
        {
            Key = key,
            DeactivatedIn = deactivation == NeverDeactivated ? null : new Slot(deactivation),
            LastExtendedIn = new Slot(BinaryPrimitives.ReadUInt64LittleEndian(data[LastExtension..])),
            LastExtensionStart = data[ExtensionStart],
            Authority = data[AuthorityOption] == 1 ? new Pubkey(data[AuthorityKey..]) : null,
            Addresses = addresses.MoveToImmutable(),
        };
    }

    /// <summary>The account's bytes, of which <see cref="Read"/> makes the same table again.</summary>
    public byte[] Write()
    {
        var data = new byte[FirstAddress + Pubkey.Length * Addresses.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(data, Initialised);
        BinaryPrimitives.WriteUInt64LittleEndian(
            data.AsSpan(Deactivation), DeactivatedIn is { } slot ? slot.Value : NeverDeactivated);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(LastExtension), LastExtendedIn.Value);
        data[ExtensionStart] = checked((byte)LastExtensionStart);
        data[AuthorityOption] = Authority is null ? (byte)0 : (byte)1;
        Authority?.CopyTo(data.AsSpan(AuthorityKey));
        foreach (var (place, address) in Addresses.Index())
            address.CopyTo(data.AsSpan(FirstAddress + Pubkey.Length * place));
        return data;
    }

    /// <summary>
    /// What a message may use of it in a slot: nothing of a table whose deactivation began, and of the last extension
    /// nothing before the next slot. Null when nothing is left.
    /// </summary>
    public LookupTable? UsableIn(Slot slot)
    {
        if (DeactivatedIn is not null) return null;
        var count = slot > LastExtendedIn ? Addresses.Length : Math.Min(LastExtensionStart, Addresses.Length);
        return count == 0 ? null : new LookupTable(Key, Addresses[..count]);
    }
}
