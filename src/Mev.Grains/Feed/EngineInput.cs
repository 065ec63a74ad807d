using System.Collections.Immutable;
using Mev.Domain.Feed;
using Mev.Grains.Audit;
using Mev.Grains.Bundles;
using Mev.Grains.Shards;

namespace Mev.Grains.Feed;

/// <summary>
/// What this silo did not take as it came (docs/input.md): the engine's own counts, and those of the feed and of what
/// stands around it.
/// </summary>
internal sealed class EngineInput(
    DefectCounts defects,
    ShardDrains drains,
    DecisionBacklog backlog,
    DecisionRounds rounds,
    BundleCounts bundles,
    RecordCounts records,
    IEnumerable<InputSource> sources)
{
    /// <summary>The counts as of now.</summary>
    public ImmutableArray<InputCount> Read() =>
    [
        .. defects.Input(),
        new("shards.late", drains.Late),
        new("decisions.found-again", backlog.FoundAgain),
        new("decisions.decided-before", rounds.DecidedBefore),
        .. bundles.Input(),
        records.Input(),
        .. sources.SelectMany(source => source()),
    ];
}
