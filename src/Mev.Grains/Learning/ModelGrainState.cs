using Mev.Domain.Chain;

namespace Mev.Grains.Learning;

/// <summary>Saved state of the model grain: a fold of the journal's changes.</summary>
[GenerateSerializer, Immutable, Alias("mev.model-grain-state")]
internal sealed record ModelGrainState
{
    /// <summary>The model in force; null for none.</summary>
    [Id(0)] public Digest? Current { get; init; }

    /// <summary>The one before; null for none.</summary>
    [Id(1)] public Digest? Previous { get; init; }

    /// <summary>Changes so far.</summary>
    [Id(2)] public long Changes { get; init; }

    /// <summary>Offset of the first record of the control partition that was not looked at for a change.</summary>
    [Id(3)] public long NextOffset { get; init; }

    /// <summary>The model that a start was last configured with; null without one.</summary>
    [Id(4)] public Digest? Configured { get; init; }
}
