using System.Threading.Channels;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Remembers what was observed of each bundle, asks <see cref="LandingVerdict"/> what it means, and tells outcomes:
/// the first, and a further one only where the chain corrects it, a late result teaches what none did, or it is seen
/// later who took the chance. From any thread; does no I/O.
/// </summary>
internal sealed partial class LandingTracker(
    JitoOptions options, ValueAtSlot valueAtSlot, JitoCounts counts, JitoAlerts alerts, TimeProvider time,
    SubmittedCycles? cycles = null, FaultBreaker? breaker = null)
{
    private const long SeekMs = 120_000; // a node that answers may lag, or ask another that has the block
    private const long SeekAgainMs = 2_000;

    private readonly LandedAmounts _amounts = new(valueAtSlot, cycles);
    private readonly Lock _lock = new();
    private readonly Dictionary<OpportunityId, TrackedBundle> _tracked = [];
    private readonly Dictionary<BundleId, TrackedBundle> _byId = [];
    private readonly HashSet<TrackedBundle> _open = [];
    private readonly Queue<TrackedBundle> _decided = new();
    private readonly LandingFunnel _funnel = new();
    private readonly StreamSilence _silence = new(options, alerts);
    private readonly Channel<BundleOutcome> _outcomes = Channel.CreateUnbounded<BundleOutcome>();
    private Slot _newest;
    private int _untraced;

    /// <summary>What became of bundles.</summary>
    public ChannelReader<BundleOutcome> Outcomes => _outcomes.Reader;

    /// <summary>So many received bundles in a row left no trace that the engine may discard them silently.</summary>
    public bool IsShadowDropSuspected
    {
        get { lock (_lock) return _untraced >= options.ShadowDropsMin; }
    }

    /// <summary>A region's results stream is open and tells nothing of what came in.</summary>
    public bool IsResultsStreamSilent
    {
        get { lock (_lock) return _silence.IsSuspected; }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins to watch a bundle, unless its opportunity has one.</summary>
    public OpenAnswer TryOpen(SignedBundle bundle, LandingLabels labels)
    {
        lock (_lock)
        {
            if (_tracked.TryGetValue(bundle.Submission.Opportunity, out var known))
                return known.Bundle.Id == bundle.Id ? OpenAnswer.Known : OpenAnswer.OtherBytes;
            if (_open.Count >= options.WatchedMax) return Refused(bundle);
            var tracked = new TrackedBundle(bundle, labels);
            _tracked.Add(bundle.Submission.Opportunity, tracked);
            _byId[bundle.Id] = tracked;
            _open.Add(tracked);
            _funnel.Reach(LandingStage.Decided, labels);
            _funnel.Reach(LandingStage.Signed, labels);
            if (bundle.Submission.MayHaveLeft) Take(tracked, LeftBefore());
            return OpenAnswer.Opened;
        }
    }

    /// <summary>Its first byte leaves now.</summary>
    public void Sent(SignedBundle bundle)
    {
        lock (_lock)
        {
            if (_tracked.TryGetValue(bundle.Submission.Opportunity, out var tracked))
                Reach(tracked, LandingStage.Sent);
        }
    }

    /// <summary>Takes in an observation of a bundle.</summary>
    public void Observe(OpportunityId opportunity, LandingEvidence evidence)
    {
        lock (_lock)
        {
            if (_tracked.TryGetValue(opportunity, out var tracked)) Take(tracked, evidence);
        }
    }

    /// <summary>Takes in an event of the results stream.</summary>
    public void Observe(BundleResult result)
    {
        if (ResultReader.Read(result, NowMs) is not { } evidence)
        {
            counts.ResultUnread();
            return;
        }
        lock (_lock)
        {
            if (!BundleId.TryParse(result.BundleId, out var id) || !_byId.TryGetValue(id, out var tracked))
            {
                counts.ResultStrange();
                return;
            }
            tracked.IsHeard = true;
            _silence.Heard(tracked.Labels.Region);
            Take(tracked, evidence);
        }
    }

    /// <summary>Takes in the engine's hint on a bundle; Invalid is none, but remembered.</summary>
    public void Observe(InflightStatus status)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(status.Id, out var tracked)) return;
            if (status.State == InflightState.Invalid) tracked.IsInvalid = true;
            tracked.IsDecidedByEngine |= status.State is InflightState.Failed or InflightState.Landed;
            if (status.State != InflightState.Landed) return;
            Take(tracked, new LandingEvidence
            {
                Kind = LandingEvidenceKind.Hint,
                AtMs = NowMs,
                Slot = status.LandedSlot,
                Text = "inflight Landed",
            });
        }
    }

    /// <summary>A slot was heard of.</summary>
    public void Saw(Slot slot)
    {
        lock (_lock)
            if (slot > _newest) _newest = slot;
    }

    /// <summary>Tells the outcomes whose time has come, and forgets what was decided long ago.</summary>
    public void Settle()
    {
        lock (_lock)
        {
            foreach (var tracked in _open.ToList()) Settle(tracked);
        }
    }

    /// <summary>Bundles of which the chain has not decided.</summary>
    public IReadOnlyList<SignedBundle> Open()
    {
        lock (_lock) return [.. _open.Where(MayBeThere).Select(tracked => tracked.Bundle)];
    }

    /// <summary>
    /// Bundles of one region of which nothing was heard for long and it was not asked; they count as asked.
    /// </summary>
    public (string Region, IReadOnlyList<BundleId> Ids) Silent(int most)
    {
        lock (_lock)
        {
            var before = NowMs - (long)options.InflightAfter.TotalMilliseconds;
            var all = _open.Where(item => item.ReceivedMs <= before && !item.IsAskedFor && !item.HasTrace).ToList();
            if (all.Count == 0) return ("", []);
            var region = all[0].Labels.Region;
            var silent = all.Where(item => item.Labels.Region == region).Take(most).ToList();
            foreach (var tracked in silent) tracked.IsAskedFor = true;
            return (region, [.. silent.Select(tracked => tracked.Bundle.Id)]);
        }
    }

    /// <summary>
    /// Bundles in the chain whose transaction the stream did not bring: a node has to tell of them. Those that were
    /// asked for longest ago first, and none again at once.
    /// </summary>
    public IReadOnlyList<SignedBundle> Unseen(int most)
    {
        lock (_lock)
        {
            var unseen = _open.Where(item => _amounts.IsAwaited(item) && !(NowMs - item.SoughtMs < SeekAgainMs))
                .OrderBy(item => item.SoughtMs ?? long.MinValue).Take(most).ToList();
            foreach (var tracked in unseen) tracked.SoughtMs = NowMs;
            return [.. unseen.Select(tracked => tracked.Bundle)];
        }
    }

    /// <summary>
    /// The node does not know the transaction. One that has nobody told of for minutes after it was final is given up:
    /// its outcome is told without what it changed.
    /// </summary>
    public void NotFound(OpportunityId opportunity)
    {
        lock (_lock)
        {
            if (!_tracked.TryGetValue(opportunity, out var tracked) || !tracked.Verdict.IsProven) return;
            tracked.MissedMs ??= NowMs;
            if (NowMs - tracked.MissedMs < SeekMs) return;
            tracked.IsUnseen = true;
            alerts.Raise(JitoAlert.Unseen, $"{tracked.Bundle.Id} in slot {tracked.Verdict.Slot}");
            Settle(tracked);
        }
    }

    /// <summary>What is known of an opportunity's bundle; null where there is none.</summary>
    public LandingVerdict? VerdictOf(OpportunityId opportunity)
    {
        lock (_lock) return _tracked.TryGetValue(opportunity, out var tracked) ? tracked.Verdict : null;
    }

    /// <summary>How far bundles came, as of now.</summary>
    public LandingFunnel Funnel()
    {
        lock (_lock) return _funnel.Copy();
    }

    private OpenAnswer Refused(SignedBundle bundle)
    {
        var full = new LandingEvidence
        {
            Kind = LandingEvidenceKind.NotSent,
            AtMs = NowMs,
            Cause = OutcomeCause.NoTurn,
            Text = "too many bundles wait for the chain",
        };
        LandingEvidence[] known = bundle.Submission.MayHaveLeft ? [full, LeftBefore()] : [full];
        counts.WatchedFull();
        _outcomes.Writer.TryWrite(OutcomeOf(bundle, LandingVerdict.Of(known, bundle.Tip)));
        return OpenAnswer.Full;
    }

    /// <summary>Whatever the engine says of it now, the chain has to say whether it landed before.</summary>
    private LandingEvidence LeftBefore() => new()
    {
        Kind = LandingEvidenceKind.Uncertain,
        AtMs = NowMs,
        Text = "an earlier run may have sent it",
    };

    private static bool MayBeThere(TrackedBundle tracked) =>
        tracked.Stage >= LandingStage.Sent || tracked.Bundle.Submission.MayHaveLeft;

    private void Take(TrackedBundle tracked, LandingEvidence evidence)
    {
        if (evidence.Slot is { } slot && slot > _newest && evidence.Kind == LandingEvidenceKind.OnChain) _newest = slot;
        if (evidence.Kind == LandingEvidenceKind.SimulationFailed) // on the engine's newest state: it names no slot
            evidence = evidence with { Slot = evidence.Slot ?? _newest };
        if (!tracked.Add(evidence)) counts.EvidenceLeftOut();
        if (evidence.Kind == LandingEvidenceKind.Received) Reach(tracked, LandingStage.Received);
        if (evidence.Kind == LandingEvidenceKind.Accepted) Reach(tracked, LandingStage.Accepted);
        Settle(tracked);
    }

    private void Settle(TrackedBundle tracked)
    {
        tracked.Value(slot => _amounts.ValueAt(tracked.Bundle.Submission.Opportunity, slot));
        var verdict = tracked.Verdict;
        var isLanded = verdict.Kind == BundleOutcomeKind.Landed;
        if (isLanded) Reach(tracked, verdict.IsProven ? LandingStage.Finalized : LandingStage.Landed);
        var isChains = isLanded || verdict.IsProven || verdict.Cause == OutcomeCause.FailedOnChain
            || tracked.Told is not null;
        var isRipe = isChains || NowMs - tracked.EngineSpokeMs >= (long)options.SettleDelay.TotalMilliseconds;
        if (isRipe && tracked.IsNews() && !_amounts.IsAwaited(tracked)) Tell(tracked);
        if (verdict.IsProven && !_amounts.IsAwaited(tracked) && _open.Remove(tracked)) Close(tracked);
    }

    /// <summary>What came to a stage came to those before it, whether they were told or not.</summary>
    private void Reach(TrackedBundle tracked, LandingStage stage)
    {
        while (tracked.Stage < stage) _funnel.Reach(++tracked.Stage, tracked.Labels);
    }
}
