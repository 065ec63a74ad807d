using System.Buffers.Binary;
using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Domain.Opportunities;

/// <summary>
/// Derives opportunity ids: SHA-256("mev-opp-v1" 0x00 || slot u64 || cycle hash || n u16 || n x (key || SHA-256(data)),
/// ascending by key || m u16 || m trigger signatures, ascending), integers little-endian.
/// </summary>
public static class OpportunityIds
{
    /// <summary>Accounts of a hop: pool, config, two vaults, two mints; or pool and three tick arrays.</summary>
    public const int AccountsPerHopMax = 8;

    /// <summary>Accounts that one opportunity may name, of 8 hops.</summary>
    public const int AccountsMax = 8 * AccountsPerHopMax;

    private static ReadOnlySpan<byte> Domain => "mev-opp-v1\0"u8;

    private const int EntryBytes = Pubkey.Length + Digest.Length;

    /// <summary>The id; <paramref name="accounts"/> and <paramref name="triggers"/> may come in any order.</summary>
    /// <param name="slot">Highest slot among the account versions used.</param>
    /// <param name="cycle">The cycle's hash.</param>
    /// <param name="accounts">The account versions used, of distinct accounts.</param>
    /// <param name="triggers">Signatures of foreign transactions that ride in the bundle; usually none.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// More than <see cref="AccountsMax"/> accounts or four triggers.
    /// </exception>
    public static OpportunityId Derive(
        Slot slot,
        Digest cycle,
        ReadOnlySpan<AccountUse> accounts,
        ReadOnlySpan<TransactionSignature> triggers = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accounts.Length, AccountsMax, nameof(accounts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(triggers.Length, 4, nameof(triggers));
        Span<byte> buffer = stackalloc byte[
            11 + 8 + 32 + 2 + accounts.Length * EntryBytes + 2 + triggers.Length * TransactionSignature.Length];
        Domain.CopyTo(buffer);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer[11..], slot.Value);
        cycle.CopyTo(buffer[19..]);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[51..], (ushort)accounts.Length);
        var end = 53;
        foreach (ref readonly var use in accounts)
        {
            use.Key.CopyTo(buffer[end..]);
            use.Hash.CopyTo(buffer[(end + Pubkey.Length)..]);
            end += EntryBytes;
        }
        Sort(buffer[53..end], EntryBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[end..], (ushort)triggers.Length);
        var first = end += 2;
        foreach (var trigger in triggers)
        {
            trigger.CopyTo(buffer[end..]);
            end += TransactionSignature.Length;
        }
        Sort(buffer[first..end], TransactionSignature.Length);
        Span<byte> id = stackalloc byte[Digest.Length];
        SHA256.HashData(buffer[..end], id);
        return new OpportunityId(new Digest(id));
    }

    /// <summary>Insertion sort of fixed-size byte strings in place: a handful of entries, no allocation.</summary>
    private static void Sort(Span<byte> entries, int size)
    {
        Span<byte> held = stackalloc byte[size];
        for (var at = size; at < entries.Length; at += size)
        {
            entries.Slice(at, size).CopyTo(held);
            var to = at;
            for (; to > 0 && entries.Slice(to - size, size).SequenceCompareTo(held) > 0; to -= size)
                entries.Slice(to - size, size).CopyTo(entries[to..]);
            held.CopyTo(entries[to..]);
        }
    }
}
