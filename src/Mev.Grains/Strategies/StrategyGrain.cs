using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Bundles;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Audit;
using Mev.Grains.Bundles;
using Mev.Grains.Commands;
using Mev.Grains.Learning;
using Mev.Grains.Limits;
using Mev.Grains.Wallets;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace Mev.Grains.Strategies;

/// <summary>
/// Decides in five stages (kernel, claims, records, append, hand-over) and learns by folding its journal partition. Its
/// memory is only ever a fold of what is durable: when an append fails it deactivates, and the next activation folds
/// what the journal really holds.
/// </summary>
[GrainType("strategy")]
internal sealed partial class StrategyGrain(
    [PersistentState("strategy")] IPersistentState<StrategyGrainState> state,
    StrategyCatalog catalog,
    SizingLimits sizing,
    BundleBuilderFactory makeBuilder,
    IPartitionedLog log,
    AuditWriter audit,
    Blobs blobs,
    DecisionIds ids,
    WriteAheadRule rule,
    EarlyHandOver early,
    PolicyInForce policy,
    CapBoard board,
    WalletBook wallets,
    CongestionGauge congestion,
    ModelInForce models,
    RecordCounts counts,
    ICommandAuthority commands,
    TimeProvider time,
    ILogger<StrategyGrain> logger,
    WatchSkipped? watchSkipped = null) : Grain, IStrategyGrain, IStrategyCommandGrain
{
    private const int ReadRecordsMax = 4_096;
    private const int SnapshotOutcomesMax = 1_000;
    private static readonly TimeSpan SnapshotInterval = TimeSpan.FromSeconds(1);

    private readonly DecisionRecords _records = new();
    private StrategyParameters _parameters = null!;
    private IBundleBuilder _builder = null!;
    private StrategyFold _fold = null!;
    private CapsInForce? _caps; // of the last batch
    private LogPartition _partition;
    private Task _saving = Task.CompletedTask;
    private long _savedAt;
    private long _savedResolved;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = this.GetPrimaryKeyString();
        _parameters = catalog.Find(id)
            ?? throw new ArgumentException($"strategy '{id}' is not configured; see Trading:Strategies");
        _builder = makeBuilder(_parameters);
        _partition = new LogPartition(LogTopics.Audit, catalog.PartitionOf(id));
        var end = await log.End(_partition, cancellationToken);
        _fold = Load(end);
        await CatchUp();
        _savedAt = time.GetTimestamp();
    }

    public async ValueTask<ResumePoint> Resume()
    {
        await CatchUp(); // an append that failed for its caller may have become durable since
        var open = _fold.Open.OrderBy(intent => intent.Offset).ToList();
        return new ResumePoint
        {
            Cursor = _fold.Cursor,
            Decisions = Decided,
            OpenIntents = [.. open.Select(intent => new IntentReference(_partition.Partition, intent.Offset))],
            OpenOpportunities = [.. open.Select(intent => intent.Opportunity)],
        };
    }

    public async ValueTask<long> Decide(OpportunityBatch batch)
    {
        var inputs = Inputs();
        var decisions = Kernel(batch, inputs);
        await Claim(decisions, inputs);
        Record(batch, decisions);
        var skipped = Skipped(decisions);
        try
        {
            await early.Send(decisions);
            var named = blobs.Missing(DecisionBlobs.Of(decisions, inputs));
            var first = await audit.Append(_partition.Partition, _records.Entries, named);
            await CatchUp(first);
            _fold.TakeOwn(first, batch.Cursor, decisions);
            board.Tell(_parameters.Id, _fold.Use);
            await HandOver(decisions, first);
            Watch(skipped, decisions, first);
        }
        catch (Exception failure) // a journal that is away, or a fault: what of it is durable only the journal knows
        {
            LogUndecided(_parameters.Id, batch.Cursor.Position, failure.Message);
            DeactivateOnIdle();
            throw;
        }
        SaveIfDue();
        return Decided;
    }

    public async ValueTask ApplyOutcomes()
    {
        await CatchUp();
        SaveIfDue();
        await StopAtLosses();
    }

    public async ValueTask GiveUp(IntentReference intent)
    {
        await CatchUp();
        var open = _fold.Open.FirstOrDefault(each => each.Offset == intent.Offset);
        if (open is not { IsUnknown: false } || intent.Partition != _partition.Partition) return;
        await audit.Append(
            _partition.Partition, [OutcomeRecords.OfUnreadable(open, _parameters.Id, _fold.Cursor, time.UnixNs())]);
        await CatchUp();
    }

    public ValueTask<StrategyView> Describe() => ValueTask.FromResult(new StrategyView
    {
        Parameters = _fold.Belief.Parameters,
        Posterior = _fold.Sampler.Describe(),
        Tally = _fold.Tally,
        Reasons = Enumerable.Range(0, _fold.Reasons.Length).Where(reason => _fold.Reasons[reason] > 0)
            .ToImmutableDictionary(reason => (DecisionReason)reason, reason => _fold.Reasons[reason]),
        Causes = Enumerable.Range(0, _fold.Causes.Length).Where(cause => _fold.Causes[cause] > 0)
            .ToImmutableDictionary(cause => (OutcomeCause)cause, cause => _fold.Causes[cause]),
        Partition = _partition.Partition,
        NextOffset = _fold.NextOffset,
        Cursor = _fold.Cursor,
        OpenSubmissions = _fold.Open.Count,
        Learning = LearningViews.Of(_fold.Belief, congestion.Current),
    });

    private long Decided => _fold.Tally.Submits + _fold.Tally.Skips + _fold.Tally.Blocks;

    private DecisionInputs Inputs()
    {
        var (current, bundle) = (policy.Current, wallets.Current());
        var wallet = bundle?.Terms.Wallet;
        _caps = _caps?.Under(current, _parameters.Id, wallet) ?? CapsInForce.Of(current, _parameters.Id, wallet);
        return new DecisionInputs(
            _fold.Belief.Parameters, current, _fold.Sampler, sizing, bundle, model: models.Current, caps: _caps);
    }

    private Decision[] Kernel(OpportunityBatch batch, DecisionInputs inputs)
    {
        var decisions = new Decision[batch.Opportunities.Length];
        var (open, congested) = (_fold.Open.Count, congestion.Current);
        var use = inputs.Caps.IsEmpty || decisions.Length == 0
            ? CapUse.None
            : board.For(_parameters.Id, _fold.Use, batch.Opportunities[0].Clock);
        for (var i = 0; i < decisions.Length; i++)
        {
            var opportunity = batch.Opportunities[i];
            var around = _fold.Belief.Around(opportunity, batch.SlotStartedNs, congested);
            decisions[i] = DecisionKernel.Decide(
                opportunity, inputs, _builder, open, isTaken: false, around, _fold.EqualFailuresOf(opportunity), use);
            if (decisions[i].Action != DecisionAction.Submit) continue;
            open++;
            use = use.With(decisions[i].Checks.AsSpan(), opportunity.Clock);
        }
        return decisions;
    }

    /// <summary>What another strategy holds is decided again with that as an input.</summary>
    private async ValueTask Claim(Decision[] decisions, DecisionInputs inputs)
    {
        var claims = new List<(int Index, Task<bool> Granted)>();
        for (var i = 0; i < decisions.Length; i++)
        {
            if (decisions[i].Action == DecisionAction.Submit)
                claims.Add((i, Bundle(decisions[i].Opportunity.Id).Claim(_parameters.Id).AsTask()));
        }
        foreach (var (i, granted) in claims)
        {
            if (await granted) continue;
            var decision = decisions[i];
            decisions[i] = DecisionKernel.Decide(
                decision.Opportunity, inputs, _builder, decision.OpenSubmissions, isTaken: true,
                decision.Surroundings, decision.EqualFailures, decision.Use);
        }
    }

    private void Record(OpportunityBatch batch, Decision[] decisions)
    {
        var decidedNs = time.UnixNs();
        _records.Clear();
        foreach (var decision in decisions) _records.Add(decision, ids.Next(), batch, decidedNs);
    }

    private async Task HandOver(Decision[] decisions, long firstOffset)
    {
        var sends = new List<Task>();
        for (var i = 0; i < decisions.Length; i++)
        {
            if (decisions[i].Action != DecisionAction.Submit) continue;
            var intent = new IntentReference(_partition.Partition, firstOffset + i);
            sends.Add(Bundle(decisions[i].Opportunity.Id).Send(intent).AsTask());
        }
        await Task.WhenAll(sends);
    }

    /// <summary>Folds what others appended, up to an offset or all that is durable.</summary>
    private async ValueTask CatchUp(long to = long.MaxValue)
    {
        while (_fold.NextOffset < to)
        {
            var count = (int)Math.Min(to - _fold.NextOffset, ReadRecordsMax);
            var records = await log.Read(_partition, _fold.NextOffset, count);
            if (records.Count == 0) break;
            foreach (var record in records)
            {
                if (_fold.Take(record)) continue;
                counts.PassedOver();
                LogUndecodable(_parameters.Id, _partition, record.Offset);
            }
        }
        board.Tell(_parameters.Id, _fold.Use);
        TellLearning();
    }

    private StrategyFold Load(long end)
    {
        var snapshot = state.State.Epoch == _parameters.Epoch ? state.State.Snapshot : null;
        if (snapshot is not null && snapshot.Sampler != _parameters.Sampler) snapshot = null; // configured anew
        if (snapshot is null || rule == WriteAheadRule.ForgetSnapshotOffset) return Fresh(snapshot);
        if (snapshot.NextOffset > end)
        {
            throw new JournalBehindException(
                $"snapshot of strategy {_parameters.Id} is of offset {snapshot.NextOffset}, but {_partition} ends at "
                + $"{end}: the journal file is older than the state file; restore both from the same backup");
        }
        return new StrategyFold(_parameters, snapshot);
    }

    private StrategyFold Fresh(StrategySnapshot? snapshot) => snapshot is null
        ? new StrategyFold(_parameters)
        : new StrategyFold(_parameters, snapshot with { NextOffset = 0, Open = [] });

    /// <summary>
    /// Saves beside the turn, one snapshot at a time: a storage that is slow or away costs a longer fold at the next
    /// start, and no decision waits for it.
    /// </summary>
    private void SaveIfDue()
    {
        if (!_saving.IsCompleted) return;
        var resolved = _fold.Tally.Resolved;
        if (time.GetElapsedTime(_savedAt) < SnapshotInterval && resolved - _savedResolved < SnapshotOutcomesMax) return;
        (_savedAt, _savedResolved) = (time.GetTimestamp(), resolved);
        state.State = new StrategyGrainState { Snapshot = _fold.Snapshot(), Epoch = _parameters.Epoch };
        _saving = Save();
    }

    private async Task Save()
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException failure)
        {
            LogNotSaved(_parameters.Id, failure.Message);
            DeactivateOnIdle(); // the next activation reads what is there
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // each provider throws its own
        {
            LogNotSaved(_parameters.Id, failure.Message);
        }
    }

    private IBundleGrain Bundle(OpportunityId opportunity) =>
        GrainFactory.GetGrain<IBundleGrain>(opportunity.ToString());

    [LoggerMessage(1001, LogLevel.Error, "Strategy {Strategy} did not decide batch {Position}: {Reason}")]
    private partial void LogUndecided(string strategy, ulong position, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Strategy {Strategy}: the snapshot was not saved: {Reason}")]
    private partial void LogNotSaved(string strategy, string reason);

    [LoggerMessage(1002, LogLevel.Error, "Strategy {Strategy}: record {Offset} of {Partition} cannot be decoded")]
    private partial void LogUndecodable(string strategy, LogPartition partition, long offset);
}
