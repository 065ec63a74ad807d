using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Limits;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Learning;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Abstractions.Strategies;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Stores;

namespace Mev.Gateway.Overviews;

/// <summary>Asks the grains for the overview.</summary>
internal sealed class OverviewReader(
    IGrainFactory grains, IPartitionedLog log, AuditGate gate, LandRateLabel label, IEnumerable<SinkProgress> stores)
{
    private const int TopArms = 5;

    public async Task<Overview> Read(CancellationToken cancellationToken = default)
    {
        var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe();
        var strategies = await Task.WhenAll(
            feed.Strategies.Select(id => grains.GetGrain<IStrategyGrain>(id).Describe().AsTask()));
        cancellationToken.ThrowIfCancellationRequested();
        var shards = await Task.WhenAll(Enumerable.Range(0, feed.Shards)
            .Select(shard => grains.GetGrain<IMarketShardGrain>(shard).Describe().AsTask()));
        var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current();
        var model = await grains.GetGrain<IModelGrain>(ModelKeys.Offset).Current();
        return Of(feed, strategies, shards, policy, model);
    }

    private Overview Of(
        FeedView feed, StrategyView[] strategies, ShardView[] shards, Policy policy, ModelView model)
    {
        var tallies = strategies.Select(strategy => strategy.Tally).ToList();
        var landed = tallies.Sum(tally => tally.Landed);
        var refused = tallies.Sum(tally => tally.Refused);
        var expired = tallies.Sum(tally => tally.Expired);
        var realised = new Lamports(tallies.Sum(tally => tally.Realised.Value));
        var tips = new Lamports(tallies.Sum(tally => tally.TipsPaid.Value));
        return new Overview
        {
            Feed = new(
                feed.Description, feed.Cursor.Position, feed.BatchesTotal, feed.Cursor.Slot, feed.IsComplete,
                feed.IsFailed, feed.Trouble, feed.Pools, feed.Cycles, feed.CyclesLeftOut, feed.WaitingSlots),
            Candidates = new(
                feed.CountedNs, feed.Updates, feed.Counts.Evaluated, feed.Counts.Survivors, feed.Counts.Sized,
                feed.Counts.Opportunities, feed.Counts.Listed),
            Decisions = Decisions(strategies),
            Outcomes = new(
                landed, refused, expired, tallies.Sum(tally => tally.Unknown),
                strategies.Sum(strategy => (long)strategy.OpenSubmissions), tallies.Sum(tally => tally.Duplicates),
                tallies.Sum(tally => tally.Corrections),
                Causes(strategies)),
            LandRate = new LandRate(landed, landed + refused + expired, label.Text),
            Profit = new(realised, tips, realised - tips),
            Policy = new(policy.Version, policy.IsStopped),
            Model = new(model.Current, model.IsStale, model.Problem),
            Journal = new(log.IsAvailable && gate.Reason is null, log.Lag.TotalMilliseconds),
            Store = stores.FirstOrDefault()?.Current,
            Strategies = [.. strategies.Select(Strategy)],
            Shards = [.. shards],
            Listed = feed.Listed,
            Limits = feed.Limits,
            Input = feed.Input,
        };
    }

    private static Overview.DecisionPart Decisions(StrategyView[] strategies)
    {
        var reasons = new SortedDictionary<DecisionReason, long>();
        foreach (var (reason, count) in strategies.SelectMany(strategy => strategy.Reasons))
            reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        var (submits, skips, blocks) = (
            strategies.Sum(strategy => strategy.Tally.Submits),
            strategies.Sum(strategy => strategy.Tally.Skips),
            strategies.Sum(strategy => strategy.Tally.Blocks));
        return new(submits + skips + blocks, submits, skips, blocks, reasons);
    }

    private static SortedDictionary<OutcomeCause, long> Causes(StrategyView[] strategies)
    {
        var causes = new SortedDictionary<OutcomeCause, long>();
        foreach (var (cause, count) in strategies.SelectMany(strategy => strategy.Causes))
            causes[cause] = causes.GetValueOrDefault(cause) + count;
        return causes;
    }

    private static Overview.StrategyPart Strategy(StrategyView view) => new(
        view.Parameters.Id, view.Posterior.Id, view.Tally.Submits, view.Tally.Landed, view.Tally.Net,
        [.. view.Posterior.Arms.OrderByDescending(arm => arm.OutcomesCount).ThenBy(arm => arm.Index).Take(TopArms)]);
}
