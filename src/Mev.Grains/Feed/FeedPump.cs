using System.Threading.Channels;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Shards;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Feed;

/// <summary>
/// Moves one silo's market: feed -> pools -> mailboxes -> shards -> strategies, and outcomes back to bundles and
/// strategies. In lock-step each batch of the feed is one drain, so that a recording decides the same every time:
/// outcomes that are due, then the batch, then every shard, then every strategy. Conflating, the feed never waits.
/// </summary>
internal sealed partial class FeedPump(
    IMarketFeed feed,
    IBundleSender sender,
    MarketState market,
    MarketShards shards,
    DecisionRounds rounds,
    DecisionBacklog backlog,
    FeedProgress progress,
    IGrainFactory grains,
    IOptions<FeedPumpOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<FeedPump> logger) : BackgroundService, IHostedLifecycleService
{
    private const int OutcomesMax = 256; // resolved at a time, so that they share a commit

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }); // one wake-up outstanding
    private readonly Lock _gate = new();
    private DrainPoint _point = new(default, default);
    private FeedCursor _reached; // of the batch that is being taken, ahead of _point
    private DrainCounts _counts;
    private Task? _staleCheck;
    private ulong _decidedTo;
    private bool _isCaughtUp;

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the pump before any service stops, so that the silo still answers what it asked last.</summary>
    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Started(stoppingToken);
            var (least, most) = await rounds.Resume(stoppingToken);
            // Conflating, a drain has updates of many batches: one strategy may have decided upon some of them.
            _decidedTo = options.Value.Pace == DrainPace.LockStep ? least : most;
            if (_decidedTo > 0) LogResuming(_decidedTo);
            if (options.Value.Pace == DrainPace.LockStep) await RunInLockStep(stoppingToken);
            else await RunConflating(stoppingToken);
            Publish(isComplete: true, trouble: "");
            LogEnded(feed.Description, _point.Cursor.Position);
        }
        catch (Exception failure) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(failure.Message); // what was cut off is not in the journal: the next start does it
        }
        catch (FeedException failure)
        {
            Publish(isComplete: false, failure.Message, isFailed: true);
            LogFeedFailed(failure.Message);
        }
        catch (Exception failure) when (failure is not FeedException)
        {
            Publish(isComplete: false, failure.Message, isFailed: true);
            LogFailed(failure);
            lifetime.StopApplication(); // a silo without its pump is of no use: whoever supervises starts it anew
        }
    }

    private async Task RunInLockStep(CancellationToken cancellationToken)
    {
        await foreach (var batch in feed.Read(cancellationToken))
        {
            await ResolveSeen(cancellationToken);
            await CatchUp(batch.Cursor.Position);
            _reached = batch.Cursor;
            market.Take(batch, endsTransaction: true);
            _point = new DrainPoint(batch.Cursor, market.Clock);
            if (_isCaughtUp && market.Layout is not null && await Drain() is { } found)
            {
                await rounds.Decide(found, cancellationToken);
                DecidableBatch.Release(found);
            }
            Publish(isComplete: false, rounds.Trouble);
        }
        await ResolveSeen(cancellationToken);
    }

    /// <summary>Feed, drains, decisions and outcomes go on side by side; one that fails ends the others.</summary>
    private async Task RunConflating(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(failed.Token);
        var outcomes = ResolveAll(ended.Token, failed.Token).OrCancel(failed);
        var decided = Task.WhenAll(
            TakeAll(failed.Token).OrCancel(failed),
            DrainOnWake(failed.Token).OrCancel(failed),
            backlog.DecideAll(rounds, failed.Token).OrCancel(failed));
        await Task.WhenAll(decided.ThenCancel(ended), outcomes); // a fault counts before what it cancelled
        await ResolveSeen(cancellationToken);
    }

    private async Task TakeAll(CancellationToken cancellationToken)
    {
        await using var reader = feed.Read(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextOrStale(reader.MoveNextAsync(), cancellationToken))
        {
            var batch = reader.Current;
            await CatchUp(batch.Cursor.Position);
            lock (_gate) _reached = batch.Cursor;
            market.Take(batch, feed.HasWholeTransactions);
            Volatile.Write(ref _point, new DrainPoint(batch.Cursor, market.Clock));
            if (_isCaughtUp) _wake.Writer.TryWrite(true);
        }
        _wake.Writer.Complete();
    }

    /// <summary>
    /// Before the first batch that was not decided upon: a drain of all that earlier runs decided upon, whose findings
    /// are dropped. Without it these chances would be found again together with the new ones.
    /// </summary>
    private async ValueTask CatchUp(ulong position)
    {
        if (_isCaughtUp || position <= _decidedTo) return;
        if (market.Layout is not null) await Drain();
        _isCaughtUp = true;
    }

    /// <summary>Waits for the next batch; while none comes, pools go stale by the clock.</summary>
    private async ValueTask<bool> NextOrStale(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        if (next.IsCompleted) return await next;
        var waiting = next.AsTask();
        while (true)
        {
            // One delay serves many batches: making one for each costs more than taking a batch.
            _staleCheck ??= Task.Delay(options.Value.StaleCheckInterval, time, cancellationToken);
            if (await Task.WhenAny(waiting, _staleCheck) == waiting) return await waiting;
            // A reader is not disposed while it reads.
            if (cancellationToken.IsCancellationRequested) return await waiting;
            _staleCheck = null;
            market.CheckStale(time.UnixNs());
        }
    }

    private async Task DrainOnWake(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(cancellationToken))
            {
                if (market.Layout is null) continue;
                if (await Drain() is { } found) await backlog.Add(found, cancellationToken);
                Publish(isComplete: false, rounds.Trouble);
            }
        }
        finally
        {
            backlog.Complete();
        }
    }

    /// <summary>
    /// Lets every shard evaluate; what is to be decided upon, or null. Shards see the newest states, of batches also
    /// that are taken meanwhile; the cursor covers them all, so that no restart decides upon one of them again.
    /// </summary>
    private async Task<OpportunityBatch?> Drain()
    {
        var point = Volatile.Read(ref _point);
        var drains = new Task<OpportunityBatch>[shards.All.Count];
        for (var shard = 0; shard < drains.Length; shard++)
            drains[shard] = grains.GetGrain<IMarketShardGrain>(shard).Drain(point.Cursor, point.Clock).AsTask();
        List<OpportunityBatch>? found = null;
        var counts = default(DrainCounts);
        foreach (var drain in drains)
        {
            var batch = await drain;
            counts += batch.Counts;
            if (batch.Opportunities.Length > 0) (found ??= []).Add(batch);
        }
        _counts += counts;
        if (found is null) return null;
        if (counts.Listed > 0)
            progress.List(found.SelectMany(batch => batch.Opportunities).Where(o => o.BaseMint != Mints.Wsol));
        FeedCursor reached;
        lock (_gate) reached = _reached;
        var merged = DecidableBatch.Merge(reached, found) with { Counts = counts };
        return merged.Opportunities.Length > 0 ? merged : null;
    }

    private async Task ResolveSeen(CancellationToken cancellationToken)
    {
        while (sender.Outcomes.TryRead(out var outcome)) await rounds.Resolve(outcome, cancellationToken);
    }

    /// <summary>Resolves outcomes until the feed has ended; what is still readable then is the caller's.</summary>
    private async Task ResolveAll(CancellationToken feedEnded, CancellationToken cancellationToken)
    {
        var seen = new List<BundleOutcome>();
        while (await CanRead(feedEnded))
        {
            seen.Clear();
            while (seen.Count < OutcomesMax && sender.Outcomes.TryRead(out var outcome)) seen.Add(outcome);
            await Task.WhenAll(seen.Select(outcome => rounds.Resolve(outcome, cancellationToken)));
        }
    }

    private async Task<bool> CanRead(CancellationToken feedEnded)
    {
        try
        {
            return await sender.Outcomes.WaitToReadAsync(feedEnded);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Publish(bool isComplete, string trouble, bool isFailed = false) => progress.Publish(new(
        _point.Cursor,
        _counts,
        market.Updates,
        market.Layout?.PoolCount ?? 0,
        market.Layout?.CycleCount ?? 0,
        market.Layout?.LeftOut ?? 0,
        isComplete,
        isFailed,
        trouble));

    private async Task Started(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private sealed record DrainPoint(FeedCursor Cursor, ChainClock Clock);

    [LoggerMessage(1040, LogLevel.Information, "Taking up again after batch {Position} of the feed")]
    private partial void LogResuming(ulong position);

    [LoggerMessage(1041, LogLevel.Information, "Feed {Feed} ended after {Position} batches")]
    private partial void LogEnded(string feed, ulong position);

    [LoggerMessage(1042, LogLevel.Error, "The feed cannot go on: {Reason}")]
    private partial void LogFeedFailed(string reason);

    [LoggerMessage(1044, LogLevel.Debug, "The feed pump stops with the host: {Reason}")]
    private partial void LogStopped(string reason);

    [LoggerMessage(1043, LogLevel.Error, "The feed pump has ended by a fault")]
    private partial void LogFailed(Exception failure);
}
