using System.Collections.Immutable;
using Mev.Adapters.Solana.Bundles;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>A cycle as it is watched: submitted, or let pass and priced as if it had been submitted.</summary>
internal sealed record WatchedCycle
{
    /// <summary>Its hops as they were decided upon.</summary>
    public required ImmutableArray<HopAmounts> Hops { get; init; }

    /// <summary>Every fixed fee of a landing.</summary>
    public required Lamports Fee { get; init; }

    /// <summary>What is left of the chance has to be worth that much; of a skip the least tip.</summary>
    public required Lamports Tip { get; init; }

    /// <summary>Compute units that ours asks for, or would have.</summary>
    public required uint Units { get; init; }

    /// <summary>The newest write that the decision saw.</summary>
    public required FeedCursor Seen { get; init; }

    /// <summary>Our transaction; null of a skip.</summary>
    public required TransactionSignature? Own { get; init; }

    /// <summary>What was submitted.</summary>
    public static WatchedCycle Of(SignedBundle bundle) => new()
    {
        Hops = bundle.Submission.Hops,
        Fee = bundle.Submission.Fee,
        Tip = bundle.Submission.Tip,
        Units = bundle.Units,
        Seen = bundle.Submission.Seen,
        Own = bundle.Signature,
    };

    /// <summary>What was let pass, with the units that a message of its swaps asks for by the usual margin.</summary>
    public static WatchedCycle Of(SkippedChance chance, ImmutableArray<Pool> pools) => new()
    {
        Hops = chance.Hops,
        Fee = chance.Fee,
        Tip = TipAccounts.TipMin,
        Units = CycleMessage.UnitsLimitOf(
            chance.Hops.Zip(pools, (hop, pool) => ComputeUse.Of(pool.Protocol).Units(hop.TicksCrossed))),
        Seen = chance.Seen,
        Own = null,
    };
}
