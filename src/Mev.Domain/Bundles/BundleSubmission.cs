using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>The bytes that leave: exactly those of a durable intent, whose hash the sender checks once more.</summary>
[GenerateSerializer, Immutable, Alias("mev.bundle-submission")]
public sealed record BundleSubmission
{
    /// <summary>The opportunity that it goes for.</summary>
    [Id(0)] public required OpportunityId Opportunity { get; init; }

    /// <summary>The complete message; a retry sends the same bytes.</summary>
    [Id(1)] public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>SHA-256 of the message as the durable intent states it.</summary>
    [Id(2)] public required Digest MessageHash { get; init; }

    /// <summary>
    /// The signed transactions in the form of the wire, in their order; none where nothing is signed (paper).
    /// </summary>
    [Id(3)] public ImmutableArray<ReadOnlyMemory<byte>> Transactions { get; init; } = [];

    /// <summary>Block height after which none of them can land any more; 0 where nothing is signed.</summary>
    [Id(4)] public ulong LastValidBlockHeight { get; init; }

    /// <summary>The hops as they were decided, for whoever values them at another state; empty on paper.</summary>
    [Id(5)] public ImmutableArray<HopAmounts> Hops { get; init; } = [];

    /// <summary>Every fixed fee of a landing.</summary>
    [Id(6)] public Lamports Fee { get; init; }

    /// <summary>Its tip.</summary>
    [Id(7)] public Lamports Tip { get; init; }

    /// <summary>
    /// Its bytes may have left before, in a run that has ended or by a hand-over that failed: a refusal now says
    /// nothing about those. Default false.
    /// </summary>
    [Id(8)] public bool MayHaveLeft { get; init; }

    /// <summary>
    /// The newest write that the decision saw, by slot and write version; what came later it did not know.
    /// </summary>
    [Id(9)] public FeedCursor Seen { get; init; }

    /// <summary>What its last hop has to leave after tip and fee, or the message fails.</summary>
    [Id(10)] public Lamports ProfitMin { get; init; }
}
