using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
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

    /// <summary>What it knew of the market, where its sampler looked at that.</summary>
    [Id(7)] public Surroundings? Surroundings { get; init; }

    /// <summary>The pools of its cycle.</summary>
    [Id(8)] public ImmutableArray<PoolId> Pools { get; init; } = [];

    /// <summary>Its outcome is unknown because of a stop, which may have kept it from leaving.</summary>
    [Id(9)] public bool IsStopped { get; init; }

    /// <summary>The name of its cycle; none of a record that names none.</summary>
    [Id(10)] public Digest? Cycle { get; init; }

    /// <summary>Whose caps looked at it: they have one open submission less once it is closed.</summary>
    [Id(11)] public ImmutableArray<CapSubject> Capped { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(OpenIntent? other) => other is not null
        && (Opportunity, Offset, Arm, Value, DecidedIn, IsUnknown, IsStopped, IsOfOtherEpoch, Surroundings).Equals(
            (other.Opportunity, other.Offset, other.Arm, other.Value, other.DecidedIn, other.IsUnknown,
                other.IsStopped, other.IsOfOtherEpoch, other.Surroundings))
        && Cycle == other.Cycle
        && Pools.AsSpan().SequenceEqual(other.Pools.AsSpan())
        && Capped.AsSpan().SequenceEqual(other.Capped.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Opportunity, Offset);
}
