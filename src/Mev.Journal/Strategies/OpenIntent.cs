using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Orleans;

namespace Mev.Journal.Strategies;

/// <summary>An intent whose outcome may still come: what the update needs then.</summary>
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

    /// <summary>The chain's slot when it was decided: that of its batch's cursor.</summary>
    [Id(4)] public Slot DecidedIn { get; init; }

    /// <summary>An outcome without evidence was recorded; it waits for evidence, but not for ever.</summary>
    [Id(5)] public bool IsUnknown { get; init; }

    /// <summary>It was decided in another epoch of the strategy: nothing is learnt from it.</summary>
    [Id(6)] public bool IsOfOtherEpoch { get; init; }
}
