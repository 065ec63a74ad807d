using System.Collections.Immutable;
using Mev.Domain.Limits;
using Mev.Grains.Bundles;
using Mev.Grains.Feed;
using Mev.Grains.Shards;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Limits;

/// <summary>
/// Every bounded place of this silo with how often its bound was met: the engine's own, and those of what stands
/// around it (assembler, journal, storage, counterparty).
/// </summary>
internal sealed class EngineLimits(
    MarketShards shards,
    DecisionBacklog backlog,
    DecisionRounds rounds,
    FeedProgress progress,
    BundleCounts bundles,
    IOptions<TradingOptions> options,
    IOptions<FeedPumpOptions> pump,
    IEnumerable<LimitSource> sources)
{
    /// <summary>The counts as of now.</summary>
    public ImmutableArray<LimitCount> Read()
    {
        var layout = shards.All;
        return
        [
            new("shards.mailbox", layout.Sum(part => part.Shard.Cycles.Pools.Length), AtLimit.Replace,
                layout.Sum(part => part.Mailbox.Conflated)),
            new("shards.cycles", options.Value.CyclesMax, AtLimit.LeaveOut, progress.Current.CyclesLeftOut),
            .. backlog.Limits(),
            new("decisions.wait-slots", pump.Value.WaitSlotsMax, AtLimit.Refuse, rounds.Overdue),
            new("feed.listed", FeedProgress.ListedMax, AtLimit.Forget, progress.ListedForgotten),
            bundles.Limit(),
            .. sources.SelectMany(source => source()),
        ];
    }
}
