using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>
/// A cycle whose exact, sized profit is positive after every fixed fee, as one shard saw it in one drain.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.opportunity")]
public sealed record Opportunity
{
    /// <summary>Names the chance.</summary>
    [Id(0)] public required OpportunityId Id { get; init; }

    /// <summary>Hash of the cycle.</summary>
    [Id(1)] public required Digest Cycle { get; init; }

    /// <summary>The hops with their exact amounts, from the base mint back to it.</summary>
    [Id(2)] public required ImmutableArray<HopAmounts> Hops { get; init; }

    /// <summary>The mint that it starts and ends in.</summary>
    [Id(3)] public required Pubkey BaseMint { get; init; }

    /// <summary>Out minus in, in units of the base mint, before fees and tip.</summary>
    [Id(4)] public required Lamports GrossProfit { get; init; }

    /// <summary>No input yields more than this, as far as the certificate goes.</summary>
    [Id(5)] public required Lamports ProfitBound { get; init; }

    /// <summary>How far the optimum is certified.</summary>
    [Id(6)] public required SizingCertificate Certificate { get; init; }

    /// <summary>The chain's time that it was quoted at.</summary>
    [Id(7)] public required ChainClock Clock { get; init; }

    /// <summary>
    /// The account versions that the quotes depend on, ascending by key, then those that only decide whether a pool can
    /// be quoted; the id names the former. They stand until the batch is decided upon
    /// (<see cref="OpportunityBatch.Accounts"/>).
    /// </summary>
    [Id(8)] public required ReadOnlyMemory<AccountUse> Accounts { get; init; }

    /// <summary>The market shard that found it.</summary>
    [Id(9)] public required int Shard { get; init; }

    /// <summary>First byte of the oldest update that the drain took in for it, nanoseconds since 1970.</summary>
    [Id(10)] public required long ReceivedNs { get; init; }

    /// <summary>When the drain that found it began, nanoseconds since 1970.</summary>
    [Id(11)] public required long EvaluatedNs { get; init; }

    /// <summary>Highest slot among the account versions used.</summary>
    [Id(12)] public required Slot Slot { get; init; }

    /// <summary>
    /// How long it waited for its decision; null in lock-step, where nothing waits.
    /// </summary>
    [Id(13)] public Wait? Waited { get; init; }

    /// <summary>When the youngest pool that tells it opened, unix seconds; 0 when none does.</summary>
    [Id(14)] public long OpenedUnixTime { get; init; }

    /// <summary>
    /// Wrapped SOL at hand that its size had to stay within; 0 where the sizing limits alone bounded it.
    /// </summary>
    [Id(15)] public TokenAmount AtHand { get; init; }

    /// <summary>Input of the first hop.</summary>
    public TokenAmount AmountIn => Hops[0].AmountIn;
}
