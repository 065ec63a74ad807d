using System.Threading.Channels;
using Mev.Domain.Feed;
using Mev.Domain.Work;
using Mev.Journal;
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
    MarketState market,
    ShardDrains shards,
    DecisionRounds rounds,
    DecisionBacklog backlog,
    OutcomeRounds outcomes,
    DrainTurns turns,
    FeedProgress progress,
    IOptions<FeedPumpOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IEnumerable<BeforeFeed> before,
    ILogger<FeedPump> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }); // one wake-up outstanding
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
            await lifetime.Started(stoppingToken);
            foreach (var done in before) await done(stoppingToken);
            var (least, most) = await rounds.Resume(stoppingToken);
            // Conflating, a drain has updates of many batches: one strategy may have decided upon some of them.
            _decidedTo = options.Value.Pace == DrainPace.LockStep ? least : most;
            if (_decidedTo > 0) LogResuming(_decidedTo);
            await Run(stoppingToken);
        }
        catch (Exception failure) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(failure.Message); // what was cut off is not in the journal: the next start does it
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Publish(isComplete: false, failure.Message, failure);
            if (failure is JournalBehindException) LogFeedFailed(failure.Message); // a trace says no more than that
            else LogFailed(failure);
            lifetime.StopApplication(); // a silo without its pump is of no use: whoever supervises starts it anew
        }
    }

    private async Task Run(CancellationToken stoppingToken)
    {
        try
        {
            if (turns.IsRepeating) await turns.Repeat(feed, _decidedTo, Told, stoppingToken);
            else if (options.Value.Pace == DrainPace.LockStep) await RunInLockStep(stoppingToken);
            else if (turns.IsRecording) await RunRecorded(stoppingToken);
            else await RunConflating(stoppingToken);
            Publish(isComplete: true, trouble: "");
            LogEnded(feed.Description, shards.Cursor.Position);
        }
        catch (FeedException failure) when (!stoppingToken.IsCancellationRequested)
        {
            Publish(isComplete: false, failure.Message, failure);
            LogFeedFailed(failure.Message);
            await outcomes.ResolveAll(stoppingToken, stoppingToken); // bundles in flight land without the feed, too
        }
    }

    private void Told() => Publish(isComplete: false, rounds.Trouble);

    private async Task RunInLockStep(CancellationToken cancellationToken)
    {
        await foreach (var batch in feed.Read(cancellationToken))
        {
            await outcomes.ResolveSeen(cancellationToken);
            await CatchUp(batch.Cursor.Position, cancellationToken);
            Take(batch, feed.HasWholeTransactions);
            if (!feed.HasWholeTransactions) market.CheckStale(batch.ArrivedNs); // a live one's own time, also recorded
            if (_isCaughtUp && market.Layout is not null && await shards.Drain(cancellationToken) is { } found)
            {
                await rounds.Decide(found, cancellationToken);
                DecidableBatch.Release(found);
            }
            Told();
        }
        await outcomes.ResolveSeen(cancellationToken);
    }

    /// <summary>Feed, drains, decisions and outcomes go on side by side; one that fails ends the others.</summary>
    private async Task RunConflating(CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(failed.Token);
        var resolved = outcomes.ResolveAll(ended.Token, failed.Token).OrCancel(failed);
        var decided = Task.WhenAll(
            TakeAll(failed.Token).OrCancel(failed),
            DrainOnWake(failed.Token).OrCancel(failed),
            backlog.DecideAll(rounds, failed.Token).OrCancel(failed));
        await Task.WhenAll(decided.ThenCancel(ended), resolved); // a fault counts before what it cancelled
        await outcomes.ResolveSeen(cancellationToken);
    }

    /// <summary>
    /// The feed, and beside it turns of outcomes, a drain and its decisions: what they hang on is recorded.
    /// </summary>
    private async Task RunRecorded(CancellationToken cancellationToken)
    {
        turns.Begin(_decidedTo);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await Task.WhenAll(TakeAll(failed.Token).OrCancel(failed), TakeTurns(failed.Token).OrCancel(failed));
            await outcomes.ResolveSeen(cancellationToken);
        }
        finally
        {
            turns.Close();
        }
    }

    private async Task TakeTurns(CancellationToken cancellationToken)
    {
        await foreach (var _ in _wake.Reader.ReadAllAsync(cancellationToken))
        {
            if (market.Layout is null) continue;
            await turns.Take(cancellationToken);
            Told();
        }
    }

    private async Task TakeAll(CancellationToken cancellationToken)
    {
        await Task.Yield(); // a feed that is always ready never gives the thread back
        await using var reader = feed.Read(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextOrStale(reader.MoveNextAsync(), cancellationToken))
        {
            var batch = reader.Current;
            await CatchUp(batch.Cursor.Position, cancellationToken);
            Take(batch, feed.HasWholeTransactions);
            if (turns.IsRecording) turns.CheckStale(feed, batch);
            if (_isCaughtUp) _wake.Writer.TryWrite(true);
        }
        _wake.Writer.Complete();
    }

    private void Take(in FeedBatch batch, bool endsTransaction)
    {
        shards.Begin(batch.Cursor);
        market.Take(batch, endsTransaction);
        shards.End(batch.Cursor, market.Clock);
    }

    /// <summary>
    /// Before the first batch that was not decided upon: a drain of all that earlier runs decided upon, whose findings
    /// are dropped. Without it these chances would be found again together with the new ones.
    /// </summary>
    private async ValueTask CatchUp(ulong position, CancellationToken cancellationToken)
    {
        if (_isCaughtUp || position <= _decidedTo) return;
        if (market.Layout is not null) await shards.Drop(cancellationToken);
        _isCaughtUp = true;
    }

    /// <summary>Waits for the next batch; while none comes, pools go stale by the clock.</summary>
    private async ValueTask<bool> NextOrStale(ValueTask<bool> next, CancellationToken cancellationToken)
    {
        if (next.IsCompleted || turns.IsRecording) return await next;
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
            if (_isCaughtUp) _wake.Writer.TryWrite(true); // whoever looks at a pool shall see it
        }
    }

    private async Task DrainOnWake(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(cancellationToken))
            {
                if (market.Layout is null) continue;
                if (await shards.Drain(cancellationToken) is { } found) await backlog.Add(found, cancellationToken);
                Told();
            }
        }
        finally
        {
            backlog.Complete();
        }
    }

    private void Publish(bool isComplete, string trouble, Exception? failure = null) => progress.Publish(new(
        shards.Cursor,
        shards.Counts,
        time.UnixNs(),
        market.Updates,
        market.Layout?.PoolCount ?? 0,
        market.Layout?.CycleCount ?? 0,
        market.Layout?.LeftOut ?? 0,
        isComplete,
        failure,
        trouble));
}
