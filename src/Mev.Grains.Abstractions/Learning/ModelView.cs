using Mev.Domain.Chain;

namespace Mev.Grains.Abstractions.Learning;

/// <summary>Which model is in force, and which one was before it.</summary>
[GenerateSerializer, Immutable, Alias("mev.model-view")]
public sealed record ModelView
{
    /// <summary>Its name, the hash of its file; null for none: offsets are 0.</summary>
    [Id(0)] public Digest? Current { get; init; }

    /// <summary>What a roll back puts in force: null for none.</summary>
    [Id(1)] public Digest? Previous { get; init; }

    /// <summary>Changes so far.</summary>
    [Id(2)] public long Changes { get; init; }

    /// <summary>Time of the newest row that it was trained on, milliseconds since 1970; 0 without one.</summary>
    [Id(3)] public long TrainedToMs { get; init; }

    /// <summary>It was trained too long ago, so its offsets are 0 too.</summary>
    [Id(4)] public bool IsStale { get; init; }

    /// <summary>Why the file in force cannot be used, so its offsets are 0; empty when it can.</summary>
    [Id(5)] public string Problem { get; init; } = "";

    /// <summary>
    /// What a start was last configured with: where something else is in force since, no start puts it in force again.
    /// Null without one.
    /// </summary>
    [Id(6)] public Digest? Configured { get; init; }
}
