using System.Collections.Immutable;
using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Limits;
using Mev.Domain.Limits.Caps;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal.Audit;
using Mev.Journal.Replay;
using Decision = Mev.Contracts.V1.Decision;
using FeedCursor = Mev.Domain.Feed.FeedCursor;

namespace Mev.Journal.Strategies;

/// <summary>
/// A strategy's state as a fold of its journal partition: posterior, open intents, cursor, tally. The grain, a restart
/// and an auditor fold the same records in the same order, so they have the same state. Each offset counts once, each
/// decision's outcome once. A correction moves counts and amounts, and teaches only where nothing before it did. The
/// posterior learns from decisions of its own epoch only; all else is of every epoch.
/// </summary>
public sealed partial class StrategyFold
{
    /// <summary>
    /// Slots after its decision at which an intent of unknown outcome is open no longer: a blockhash lives for 150
    /// blocks, and 32 later it is final that it did not land. Its outcome stays unknown.
    /// </summary>
    public const int UnknownSlotsMax = 150 + 32;

    private const long NsPerMs = 1_000_000;
    private const int ReasonsMax = 32;
    private const int CausesMax = 32;
    private const int CorrectedMax = 1_024; // remembered, so that none is corrected twice; the oldest give way

    private readonly string _strategy;
    private readonly Dictionary<OpportunityId, OpenIntent> _open = [];
    private readonly long[] _reasons = new long[ReasonsMax];
    private readonly long[] _causes = new long[CausesMax];
    private readonly FailureMemory _failures = new();
    private readonly SortedSet<long> _corrected = []; // offsets of outcomes in whose place another one stands

    /// <summary>An empty fold: the sampler's prior, nothing decided.</summary>
    public StrategyFold(StrategyParameters parameters)
    {
        (_strategy, Belief) = (parameters.Id, new StrategyBelief(parameters));
    }

    /// <summary>A fold that goes on from a snapshot of the same epoch.</summary>
    /// <exception cref="InvalidDataException">The snapshot's posterior is not of its kind.</exception>
    public StrategyFold(StrategyParameters parameters, StrategySnapshot snapshot)
    {
        _strategy = parameters.Id;
        if (!Samplers.TryRead(snapshot.Sampler, snapshot.Posterior.AsSpan(), out var sampler, out var refusal))
            throw new InvalidDataException($"snapshot of strategy {_strategy}: posterior refused ({refusal})");
        Belief = new StrategyBelief(parameters, sampler, snapshot.Belief);
        (NextOffset, Cursor, Tally) = (snapshot.NextOffset, snapshot.Cursor, snapshot.Tally);
        foreach (var intent in snapshot.Open) _open.Add(intent.Opportunity, intent);
        snapshot.Reasons.AsSpan().CopyTo(_reasons);
        snapshot.Causes.AsSpan().CopyTo(_causes);
        foreach (var offset in snapshot.Corrected.AsSpan()) _corrected.Add(offset);
        Losses = new LossBook(snapshot.Losses);
        _failures = new FailureMemory(snapshot.Failures);
        Use = snapshot.Use ?? StrategyUse.Empty;
    }

    /// <summary>What it has learnt.</summary>
    public StrategyBelief Belief { get; }

    /// <summary>The posterior.</summary>
    public ISampler Sampler => Belief.Sampler;

    /// <summary>The offset that the next record must have.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Cursor of the last batch decided upon; position 0 before the first.</summary>
    public FeedCursor Cursor { get; private set; }

    /// <summary>Counts.</summary>
    public StrategyTally Tally { get; private set; } = new();

    /// <summary>What it lost lately.</summary>
    public LossBook Losses { get; } = new();

    /// <summary>What its submits use of caps.</summary>
    public StrategyUse Use { get; private set; } = StrategyUse.Empty;

    /// <summary>Decisions by <see cref="DecisionReason"/>, at the reason's number.</summary>
    public ReadOnlySpan<long> Reasons => _reasons;

    /// <summary>
    /// Outcomes that hold by <see cref="Domain.Bundles.OutcomeCause"/>, at the cause's number.
    /// </summary>
    public ReadOnlySpan<long> Causes => _causes;

    /// <summary>Intents whose outcome may still come, in no order.</summary>
    public IReadOnlyCollection<OpenIntent> Open => _open.Values;

    /// <summary>Failures of an opportunity's cycle in a row for the same reason, as of the cursor.</summary>
    public int EqualFailuresOf(Opportunity opportunity) => _failures.EqualIn(opportunity.Cycle, Cursor.Slot);

    /// <summary>
    /// Takes the record at <see cref="NextOffset"/>. Records of other strategies and kinds move the offset only. A
    /// record that cannot be decoded does the same: nothing stops, and the answer is false so that it can be alerted.
    /// </summary>
    /// <exception cref="InvalidOperationException">The record is not the next one.</exception>
    public bool Take(LogRecord record)
    {
        ExpectNext(record.Offset);
        NextOffset++;
        if (record.Entry.Type is not (RecordType.Intent or RecordType.Skip or RecordType.Block or RecordType.Outcome
            or RecordType.LearningChange or RecordType.TakenChance))
        {
            return true;
        }
        if (AuditRecords.Read(record) is not { } body) return false;
        if (body.Decision is { } decision && decision.Strategy == _strategy) return TryTake(decision, record.Offset);
        if (body.LearningChange is { } change) return change.Strategy != _strategy || TryTake(change);
        if (body.TakenChance is { } taken) return taken.Strategy != _strategy || TryTake(taken, record.Offset);
        return body.Outcome is not { } outcome || outcome.Strategy != _strategy
            || TryTake(outcome, record.Offset, record.Entry.RecordedNs / NsPerMs);
    }

    /// <summary>
    /// Takes the strategy's own decisions of a batch, of which the records were just appended from
    /// <paramref name="firstOffset"/> on: what taking those records would do.
    /// </summary>
    /// <exception cref="InvalidOperationException">Records in front of them are due first.</exception>
    public void TakeOwn(long firstOffset, FeedCursor cursor, ReadOnlySpan<Domain.Decisions.Decision> decisions)
    {
        ExpectNext(firstOffset);
        var (submits, blocks) = (0, 0);
        foreach (var decision in decisions)
        {
            Count(decision.Reason);
            Use = Use.At(decision.Opportunity.Clock);
            if (decision.Action == DecisionAction.Block) blocks++;
            if (decision.Action == DecisionAction.Submit)
            {
                submits++;
                var shares = CapShare.Of(decision.Checks.AsSpan());
                AddOpen(decision.Opportunity.Clock, shares, new OpenIntent
                {
                    Opportunity = decision.Opportunity.Id,
                    Offset = NextOffset,
                    Arm = decision.Choice!.Value.Index,
                    Value = decision.Value,
                    DecidedIn = cursor.Slot,
                    IsOfOtherEpoch = !Belief.IsOwn(decision.Draws.Key, decision.Surroundings),
                    Surroundings = decision.Surroundings,
                    Pools = [.. decision.Opportunity.Hops.Select(hop => hop.Hop.Pool)],
                    Cycle = decision.Opportunity.Cycle,
                });
            }
            NextOffset++;
        }
        if (decisions.IsEmpty) return;
        MoveTo(cursor);
        Tally = Tally.Plus(submits, decisions.Length - submits - blocks, blocks);
    }

    /// <summary>The fold as it stands.</summary>
    public StrategySnapshot Snapshot() => new()
    {
        Sampler = Sampler.Kind,
        Posterior = [.. Sampler.CanonicalBytes()],
        NextOffset = NextOffset,
        Cursor = Cursor,
        Open = [.. _open.Values.OrderBy(intent => intent.Offset)],
        Tally = Tally,
        Reasons = [.. _reasons],
        Causes = [.. _causes],
        Corrected = [.. _corrected],
        Belief = Belief.Snapshot(),
        Losses = Losses.Snapshot(),
        Failures = _failures.Snapshot(),
        Use = Use,
    };

    /// <summary>A change of what is learnt; what an epoch that ends has open teaches the next one nothing.</summary>
    private bool TryTake(LearningChange change)
    {
        if (!Belief.TryTake(change, out var beginsEpoch)) return false;
        if (!beginsEpoch) return true;
        foreach (var (opportunity, intent) in _open) // replacing a value does not end the enumeration
            _open[opportunity] = intent with { IsOfOtherEpoch = true };
        return true;
    }

    private bool TryTake(Decision decision, long offset)
    {
        var (action, core) = ((DecisionAction)decision.Core.Action, decision.Core);
        var surroundings = SurroundingsRecords.Read(core.Surroundings);
        if (core.Surroundings is not null && surroundings is null) return false;
        var isOfOtherEpoch = !Belief.IsOwn(new RandomKey(core.RandomKey), surroundings);
        if (action == DecisionAction.Submit && !isOfOtherEpoch && core.Choice.Arm >= Sampler.Arms.Length) return false;
        MoveTo(Cursors.Read(decision.Cursor));
        Count((DecisionReason)core.Reason);
        var clock = RecordedOpportunity.ClockOf(core);
        Use = Use.At(clock);
        var (isSubmit, isBlock) = (action == DecisionAction.Submit, action == DecisionAction.Block);
        Tally = Tally.Plus(isSubmit ? 1 : 0, isSubmit || isBlock ? 0 : 1, isBlock ? 1 : 0);
        if (!isSubmit) return true;
        AddOpen(clock, CapShare.Of(CapChecks.Of(core)), new OpenIntent
        {
            Opportunity = new OpportunityId(new Digest(core.OpportunityId.Span)),
            Offset = offset,
            Arm = core.Choice.Arm,
            Value = new Lamports(core.Value),
            DecidedIn = Cursor.Slot,
            IsOfOtherEpoch = isOfOtherEpoch,
            Surroundings = surroundings,
            Pools = [.. core.Hops.Select(hop => new PoolId(new Pubkey(hop.Pool.Span)))],
            Cycle = CycleOf(core.CycleHash),
        });
        return true;
    }

    /// <summary>Moves the cursor; of intents with an unknown outcome it leaves behind no evidence can come.</summary>
    private void MoveTo(FeedCursor cursor)
    {
        var hasMoved = cursor.Slot > Cursor.Slot;
        Cursor = cursor;
        if (!hasMoved) return;
        foreach (var intent in _open.Values) // removing does not end the enumeration
        {
            if (!intent.IsUnknown || cursor.Slot <= intent.DecidedIn.Plus(UnknownSlotsMax)) continue;
            Close(intent);
            Belief.GiveUp(intent);
        }
    }

    private void Count(DecisionReason reason) => _reasons[Math.Min((uint)reason, ReasonsMax - 1)]++;

    private void AddOpen(in ChainClock clock, ImmutableArray<CapShare> shares, OpenIntent intent)
    {
        var capped = intent with { Capped = [.. shares.Select(share => share.Subject)] };
        if (_open.TryAdd(intent.Opportunity, capped)) Use = Use.Opened(shares, clock);
    }

    private void Close(OpenIntent intent)
    {
        _open.Remove(intent.Opportunity);
        Use = Use.Closed(intent.Capped);
    }

    private void ExpectNext(long offset)
    {
        if (offset != NextOffset) throw new InvalidOperationException($"record {offset} where {NextOffset} was due");
    }
}
