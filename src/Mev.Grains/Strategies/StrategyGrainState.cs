using Mev.Journal.Strategies;

namespace Mev.Grains.Strategies;

/// <summary>
/// Saved state of a strategy grain: the fold and its offset in one object; null before the first snapshot.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.strategy-grain-state")]
internal sealed record StrategyGrainState
{
    /// <summary>The snapshot.</summary>
    [Id(0)] public StrategySnapshot? Snapshot { get; init; }

    /// <summary>
    /// Epoch of the strategy's parameters when it was taken. Another epoch folds the journal from its beginning: its
    /// belief is the prior and what its own decisions taught.
    /// </summary>
    [Id(1)] public ulong Epoch { get; init; }
}
