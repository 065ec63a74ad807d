using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>A transaction that touched a watched pool, as its block has it.</summary>
public sealed record ObservedTransaction : Observation
{
    /// <summary>Its first signature.</summary>
    public required TransactionSignature Signature { get; init; }

    /// <summary>Its slot; processed, so it may lie on a fork.</summary>
    public required Slot Slot { get; init; }

    /// <summary>Its place in the block, from 0.</summary>
    public required ulong Index { get; init; }

    /// <summary>Nothing but its fee was taken.</summary>
    public required bool IsFailed { get; init; }

    /// <summary>What the payer paid for it, tips not included.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>Compute units used; null where not told.</summary>
    public required ulong? ComputeUnits { get; init; }

    /// <summary>
    /// Its accounts: those of the message, then what lookup tables brought, writable before read-only. The first one
    /// paid.
    /// </summary>
    public required ImmutableArray<Pubkey> Accounts { get; init; }

    /// <summary>Those of them that it might write.</summary>
    public required ImmutableArray<Pubkey> Writable { get; init; }

    /// <summary>Lamports of the accounts before and after, in the same order; empty where not told.</summary>
    public required ImmutableArray<(ulong Before, ulong After)> Balances { get; init; }

    /// <summary>Its token accounts with what they held; empty where not told. Default empty.</summary>
    public ImmutableArray<ObservedTokens> Tokens { get; init; } = [];

    /// <summary>Its instructions in the order of execution, each before those that it called.</summary>
    public required ImmutableArray<ObservedInstruction> Instructions { get; init; }

    /// <summary>
    /// The values that it left in watched accounts, ascending by write version, as far as the stream told them before
    /// it. Default none.
    /// </summary>
    public ImmutableArray<AccountWrite> Writes { get; init; } = [];

    /// <summary>A change of watched accounts of which no transaction was told: nobody knows what made it.</summary>
    public static ObservedTransaction Unexplained(
        TransactionSignature signature, Slot slot, ImmutableArray<AccountWrite> writes)
    {
        ImmutableArray<Pubkey> accounts = [.. writes.Select(write => write.Key)];
        return new ObservedTransaction
        {
            Signature = signature,
            Slot = slot,
            Index = ulong.MaxValue,
            IsFailed = false,
            Fee = Lamports.Zero,
            ComputeUnits = null,
            Accounts = accounts,
            Writable = accounts,
            Balances = [],
            Instructions = [],
            Writes = writes,
        };
    }
}
