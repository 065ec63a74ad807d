using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Learning;
using Mev.Grains.Limits;
using Mev.Grains.Strategies;
using Mev.Journal;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Feed;

/// <summary>
/// Takes a drain's opportunities to every strategy, in the order of their ids, and outcomes to bundles and strategies.
/// A strategy that could not decide is asked again until it could: no audit, no trade, and nothing lost. Once the host
/// stops nothing is asked again: the next start decides and resolves what is not in the journal.
/// </summary>
internal sealed partial class DecisionRounds(
    IGrainFactory grains,
    StrategyCatalog catalog,
    PolicyInForce policy,
    ModelStart model,
    IPartitionedLog log,
    FeedProgress progress,
    ShardDrains drains,
    TimeProvider time,
    ILogger<DecisionRounds> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, (ulong Position, long Decisions)> _standing = []; // at the start; since
    private string _decideTrouble = "";
    private string _resolveTrouble = "";
    private long _decidedBefore;
    private long _overdue;

    /// <summary>Why deciding or resolving waits; empty when neither does.</summary>
    public string Trouble => _decideTrouble.Length > 0 ? _decideTrouble : _resolveTrouble;

    /// <summary>
    /// Opportunities of rounds that were durably decided upon already, by an earlier run or by an attempt that failed
    /// for its caller; for each strategy.
    /// </summary>
    public long DecidedBefore => Interlocked.Read(ref _decidedBefore);

    /// <summary>Decisions upon what had waited beyond the bound: all of them skips.</summary>
    public long Overdue => Interlocked.Read(ref _overdue);

    /// <summary>
    /// Puts policy and model in force, activates the strategies and sends their open intents again; answers the least
    /// and the highest cursor position among them.
    /// </summary>
    public async Task<(ulong Least, ulong Most)> Resume(CancellationToken cancellationToken)
    {
        policy.Adopt(await WhenAble(Current, cancellationToken));
        await WhenAble(model.Begin, cancellationToken);
        var (least, most) = (ulong.MaxValue, 0UL);
        foreach (var id in catalog.Ids)
        {
            var point = await WhenAble(() => ResumeStrategy(id), cancellationToken);
            _standing[id] = (point.Cursor.Position, point.Decisions);
            (least, most) = (Math.Min(least, point.Cursor.Position), Math.Max(most, point.Cursor.Position));
        }
        return (least, most);

        Task<Policy> Current() => grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current().AsTask();
    }

    /// <summary>One round of decisions.</summary>
    /// <param name="batch">What is decided upon.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="now">How far the feed is for it; null for as far as it is when a strategy is asked.</param>
    public async Task Decide(OpportunityBatch batch, CancellationToken cancellationToken, Slot? now = null)
    {
        foreach (var id in catalog.Ids)
        {
            // Only in lock-step: of several strategies one may have decided further than another.
            if (batch.Cursor.Position <= _standing.GetValueOrDefault(id).Position)
            {
                Interlocked.Add(ref _decidedBefore, batch.Opportunities.Length);
                continue;
            }
            for (var isAgain = false; !await TryDecide(id, batch, isAgain, now, cancellationToken); isAgain = true)
                await Pause(cancellationToken);
        }
    }

    /// <summary>Journals an outcome and lets its strategy learn from it.</summary>
    public async Task Resolve(BundleOutcome outcome, CancellationToken cancellationToken)
    {
        var bundle = grains.GetGrain<IBundleGrain>(outcome.Opportunity.ToString());
        string? learner = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                learner ??= (await bundle.Resolve(outcome))?.Strategy ?? "";
                if (learner.Length > 0) await Strategy(learner).ApplyOutcomes();
                Tell(ref _resolveTrouble, "");
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Wait(ref _resolveTrouble, failure);
            }
            await Pause(cancellationToken);
        }
    }

    private async Task<T> WhenAble<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var answer = await ask();
                Tell(ref _decideTrouble, "");
                return answer;
            }
            catch (Exception failure) when (failure is JournalUnavailableException or TimeoutException
                && !cancellationToken.IsCancellationRequested)
            {
                Wait(ref _decideTrouble, failure);
            }
            await Pause(cancellationToken);
        }
    }

    /// <summary>
    /// Waits before another attempt, and as long as an append of the failed one may still become durable: who asked
    /// again before that could decide twice.
    /// </summary>
    private async Task Pause(CancellationToken cancellationToken)
    {
        do await Task.Delay(RetryDelay, time, cancellationToken);
        while (log.Lag > RetryDelay);
    }

    private async Task<ResumePoint> ResumeStrategy(string id)
    {
        var resume = await Strategy(id).Resume();
        foreach (var (intent, opportunity) in resume.OpenIntents.Zip(resume.OpenOpportunities))
        {
            var verdict = await grains.GetGrain<IBundleGrain>(opportunity.ToString()).Send(intent);
            if (verdict == SendVerdict.IntentMissing) await Strategy(id).GiveUp(intent);
        }
        return resume;
    }

    private async Task<bool> TryDecide(
        string id, OpportunityBatch batch, bool isAgain, Slot? now, CancellationToken cancellationToken)
    {
        try
        {
            var (position, decisions) = _standing.GetValueOrDefault(id);
            // What the failed attempt made durable leaves first, and then there is nothing left to decide.
            var durable = isAgain ? (await ResumeStrategy(id)).Decisions : decisions;
            if (durable > decisions)
            {
                Interlocked.Add(ref _decidedBefore, batch.Opportunities.Length);
            }
            else
            {
                var aged = DecidableBatch.At(batch, now ?? drains.Cursor.Slot);
                durable = await Strategy(id).Decide(aged);
                Interlocked.Add(ref _overdue, aged.Opportunities.Count(chance => chance.Waited is { IsOver: true }));
            }
            _standing[id] = (position, durable);
            Tell(ref _decideTrouble, "");
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Wait(ref _decideTrouble, failure);
            return false;
        }
    }

    /// <summary>A journal that is away is expected; anything else is a fault, told with its trace. Both wait.</summary>
    private void Wait(ref string trouble, Exception failure)
    {
        Tell(ref trouble, failure.Message);
        if (failure is JournalUnavailableException) LogWaiting(failure.Message);
        else LogFault(failure);
    }

    /// <summary>At once: the pump publishes only when a round is through.</summary>
    private void Tell(ref string trouble, string message)
    {
        if (message == trouble) return;
        trouble = message;
        progress.Tell(Trouble);
    }

    private IStrategyGrain Strategy(string id) => grains.GetGrain<IStrategyGrain>(id);

    [LoggerMessage(1020, LogLevel.Warning, "Deciding waits for the journal: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(1021, LogLevel.Error, "Deciding failed and is tried again")]
    private partial void LogFault(Exception failure);
}
