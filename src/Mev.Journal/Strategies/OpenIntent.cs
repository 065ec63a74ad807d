using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Journal.Strategies;

/// <summary>An intent without an outcome: what the update needs when the outcome comes.</summary>
[GenerateSerializer, Immutable, Alias("mev.open-intent")]
public sealed record OpenIntent
{
    /// <summary>The opportunity.</summary>
    [Id(0)] public required OpportunityId Opportunity { get; init; }

    /// <summary>Where the intent stands in the strategy's partition.</summary>
    [Id(1)] public required long Offset { get; init; }

    /// <summary>Index of the arm that was played.</summary>
    [Id(2)] public required int Arm { get; init; }

    /// <summary>Value as decided.</summary>
    [Id(3)] public required Lamports Value { get; init; }
}
