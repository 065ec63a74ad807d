using CsCheck;
using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Jito.Wire;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Tests.Journal;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Learning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Kind = Mev.Domain.Bundles.LandingEvidenceKind;

namespace Mev.Adapters.Tests.Jito;

public sealed partial class LandingTrackerTests
{
    private static readonly LandingLabels Labels = new("tokyo", "leader", "<100k", "unknown");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000));
    private readonly JitoOptions _options;
    private readonly JitoCounts _counts;
    private readonly LandingTracker _tracker;
    private readonly ScriptedChain _chain = new();
    private Lamports? _value = new Lamports(40_000);

    public LandingTrackerTests()
    {
        _options = new JitoOptions { WatchedMax = 20, DecidedMax = 15, ShadowDropsMin = 3 };
        _counts = new JitoCounts(_options, new PlainMeterFactory());
        _tracker = new LandingTracker(
            _options, (_, _) => _value, _counts, new JitoAlerts(_counts, NullLogger.Instance), _time);
    }

    [Fact]
    public void An_engines_word_waits_a_moment_and_the_chains_word_does_not()
    {
        Open(1);
        Observe(1, Kind.BidRejected);
        Assert.Empty(Outcomes());
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        var refused = Assert.Single(Outcomes());
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Outbid), (refused.Kind, refused.Cause));
        OnChain(1, SlotStatus.Confirmed);
        var landed = Assert.Single(Outcomes()); // the chain is the authority
        Assert.Equal((BundleOutcomeKind.Landed, Submissions.Tip), (landed.Kind, landed.TipPaid));
        Assert.Equal((new Slot(70), new Lamports(40_000)), (landed.Slot, landed.Realised));
    }

    [Fact]
    public async Task A_landing_that_disappears_is_corrected_and_ends_with_the_chain()
    {
        Open(1);
        _tracker.Sent(Submissions.Signed(1));
        _chain.Status = new SignatureStatus(new Slot(70), SlotStatus.Confirmed, IsFailed: false);
        await Look(1);
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(Outcomes()).Kind);
        Assert.Equal(1, Count(LandingStage.Landed));
        _chain.Status = null;
        await Look(8);
        Assert.Equal(BundleOutcomeKind.Unknown, Assert.Single(Outcomes()).Kind);
        Assert.Equal((0L, 1L), (Count(LandingStage.Landed), _counts.Count(JitoAlert.LandingVanished)));
        _chain.Height = Submissions.LastValidBlockHeight + 1;
        await Look(8);
        Assert.Empty(Outcomes()); // that nothing is known was told
        Assert.Equal(BundleOutcomeKind.Expired, _tracker.VerdictOf(Submissions.Opportunity(1))!.Kind);
        Assert.Empty(_tracker.Open());
    }

    [Fact]
    public async Task A_node_that_has_not_come_to_the_slot_of_a_landing_does_not_undo_it()
    {
        Open(1);
        _tracker.Sent(Submissions.Signed(1));
        _chain.Status = new SignatureStatus(new Slot(1_000), SlotStatus.Confirmed, IsFailed: false);
        await Look(1);
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(Outcomes()).Kind);
        (_chain.Status, _chain.Slot) = (null, new Slot(999)); // another node
        await Look(20);
        Assert.Empty(Outcomes());
        Assert.Equal(0, _counts.Count(JitoAlert.LandingVanished));
        _chain.Slot = new Slot(1_000);
        await Look(8);
        Assert.Equal(BundleOutcomeKind.Unknown, Assert.Single(Outcomes()).Kind);
    }

    [Fact]
    public async Task What_is_absent_when_it_cannot_land_any_more_has_expired_after_two_looks()
    {
        Open(1);
        _tracker.Sent(Submissions.Signed(1));
        await Look(100);
        Assert.Empty(Outcomes());
        _chain.Height = Submissions.LastValidBlockHeight; // the last in which it may land
        await Look(10);
        Assert.Empty(Outcomes());
        _chain.Height++;
        await Look(5);
        Assert.Empty(Outcomes()); // the first and the last look are less than 2 s apart
        await Look(1);
        var outcome = Assert.Single(Outcomes());
        Assert.Equal((BundleOutcomeKind.Expired, OutcomeCause.Unobserved), (outcome.Kind, outcome.Cause));
        Assert.True(_tracker.VerdictOf(Submissions.Opportunity(1))!.Evidence.Length < 5);
    }

    [Fact]
    public void A_late_result_teaches_what_none_did_and_nothing_twice()
    {
        Open(1);
        Observe(1, Kind.Received);
        Expire(1);
        Assert.Equal(OutcomeCause.Unobserved, Assert.Single(Outcomes()).Cause);
        _time.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 3; i++) Observe(1, Kind.BidRejected);
        Assert.Equal(OutcomeCause.Outbid, Assert.Single(Outcomes()).Cause);
        Observe(1, Kind.SimulationFailed);
        Assert.Empty(Outcomes());
    }

    [Fact]
    public void A_winner_seen_after_the_outcome_was_told_is_told_once_and_the_loss_counted_once()
    {
        Open(1);
        Observe(1, Kind.BidRejected);
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        Assert.Null(Assert.Single(Outcomes()).Winner);
        Assert.Equal(0, _counts.Count(CompetitorView.Unseen)); // somebody may still be seen

        for (var i = 0; i < 3; i++) Winner(1, bid: 700_000);

        var named = Assert.Single(Outcomes());
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.Outbid), (named.Kind, named.Cause));
        Assert.Equal((new Lamports(700_000), "theirs"), (named.WinnerTip, named.Winner?.Signature));
        Expire(1);
        Assert.Empty(Outcomes());
        Assert.Equal((1L, 0L), (_counts.Count(CompetitorView.Behind), _counts.Count(CompetitorView.Unseen)));
    }

    [Fact]
    public void Of_what_never_left_a_winner_seen_later_is_told_and_one_of_a_landing_is_not()
    {
        Open(1);
        _tracker.Observe(
            Submissions.Opportunity(1),
            new LandingEvidence { Kind = Kind.NotSent, AtMs = NowMs, Cause = OutcomeCause.NotSent });
        Assert.Null(Assert.Single(Outcomes()).Winner);
        Winner(1, bid: 10);
        Assert.Equal((OutcomeCause.NotSent, new Slot(69)), Assert.Single(Outcomes()) switch
        {
            var named => (named.Cause, named.Winner!.Slot),
        });
        Assert.Equal(1, _counts.Count(CompetitorView.Missed));

        Open(2);
        OnChain(2, SlotStatus.Confirmed);
        Assert.Single(Outcomes());
        Winner(2, bid: 700_000);
        Assert.Empty(Outcomes());
    }

    [Fact]
    public void Nobody_seen_until_the_chain_has_decided_is_counted_as_unseen_once()
    {
        Open(1);
        Observe(1, Kind.BidRejected);
        _time.Advance(_options.SettleDelay);
        Expire(1);
        Expire(1);
        Assert.Equal(1, _counts.Count(CompetitorView.Unseen));
    }

    [Fact]
    public void A_failure_on_the_chain_is_a_fault_of_ours_once_and_never_where_a_fork_made_it()
    {
        var options = new JitoOptions { FaultsMax = 2 };
        var alerts = new JitoAlerts(_counts, NullLogger.Instance);
        var breaker = new FaultBreaker(options, alerts);
        var tracker = new LandingTracker(options, (_, _) => _value, _counts, alerts, _time, breaker: breaker);
        void OnChain(int number, ulong slot, bool isFailed, SlotStatus depth = SlotStatus.Confirmed)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            tracker.Observe(Submissions.Opportunity(number), new LandingEvidence
            {
                Kind = Kind.OnChain,
                AtMs = NowMs,
                Slot = new Slot(slot),
                Depth = depth,
                IsFailed = isFailed,
            });
        }
        for (var number = 1; number <= 5; number++) tracker.TryOpen(Submissions.Signed(number), Labels);
        for (var number = 1; number <= 3; number++)
        {
            OnChain(number, 70, isFailed: false); // landed, and sent on by others when its block was given up
            OnChain(number, 72, isFailed: true);
        }
        Assert.Null(breaker.Why);
        for (var slot = 80UL; slot < 84; slot++) OnChain(4, slot, isFailed: true); // fails on one fork and the next
        Assert.Null(breaker.Why);
        OnChain(5, 90, isFailed: true);
        Assert.StartsWith("2 faults", breaker.Why, StringComparison.Ordinal);
    }

    /// <summary>Whatever order and however often: the same last outcome, and one that teaches.</summary>
    [Fact]
    public void Shuffled_and_repeated_events_end_alike_and_teach_once()
    {
        Kind[] events = [Kind.Accepted, Kind.Accepted, Kind.Hint, Kind.Dropped, Kind.BidRejected];
        var number = 0;
        Gen.Select(Gen.Shuffle(events), Gen.Int[0, 4]).Sample(
            (shuffled, again) =>
            {
                Open(++number);
                foreach (var kind in shuffled.Append(shuffled[again])) Observe(number, kind);
                _time.Advance(_options.SettleDelay);
                _tracker.Settle();
                Expire(number);
                var outcomes = Outcomes();
                return outcomes.Count(item => LearningEvidence.KindOf(item.Kind, item.Cause) is not null) == 1
                    && outcomes[^1].Cause == OutcomeCause.Outbid;
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public void Second_submissions_are_known_until_they_are_forgotten()
    {
        Open(1);
        Assert.Equal(OpenAnswer.Known, _tracker.TryOpen(Submissions.Signed(1), Labels));
        var other = SignedBundle.Read(Submissions.New(1, variant: 5));
        Assert.Equal(OpenAnswer.OtherBytes, _tracker.TryOpen(other, Labels));
        Expire(1);
        Assert.Equal(OpenAnswer.Known, _tracker.TryOpen(Submissions.Signed(1), Labels));
        for (var i = 2; i <= 16; i++)
        {
            Open(i);
            Expire(i);
        }
        Assert.Equal(1, _counts.Limits().Single(limit => limit.Name == "jito.decided").Count);
        Assert.Equal(OpenAnswer.Opened, _tracker.TryOpen(Submissions.Signed(1), Labels));
    }

    [Fact]
    public void Bundles_beyond_the_bound_are_refused_with_an_outcome()
    {
        for (var i = 1; i <= 20; i++) Open(i);
        Assert.Equal(OpenAnswer.Full, _tracker.TryOpen(Submissions.Signed(21), Labels));
        var outcome = Assert.Single(Outcomes());
        Assert.Equal((BundleOutcomeKind.Refused, OutcomeCause.NoTurn), (outcome.Kind, outcome.Cause));
        var before = SignedBundle.Read(Submissions.New(22) with { MayHaveLeft = true });
        Assert.Equal(OpenAnswer.Full, _tracker.TryOpen(before, Labels)); // of it nobody can say that it never left
        Assert.Equal(BundleOutcomeKind.Unknown, Assert.Single(Outcomes()).Kind);
        Assert.Equal(2, _counts.Limits().Single(limit => limit.Name == "jito.watched").Count);
    }

    [Fact]
    public void Evidence_beyond_the_bound_is_left_out_and_counted()
    {
        Open(1);
        for (var i = 0; i < TrackedBundle.EvidenceMax + 5; i++) Observe(1, Kind.Accepted, text: $"validator {i}");
        Assert.Equal(5, _counts.Limits().Single(limit => limit.Name == "jito.evidence").Count);
        OnChain(1, SlotStatus.Confirmed); // the chain is always heard
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(Outcomes()).Kind);
    }

    [Fact]
    public void Received_bundles_without_any_trace_raise_a_suspicion_and_a_trace_ends_it()
    {
        for (var i = 1; i <= 3; i++)
        {
            Assert.False(_tracker.IsShadowDropSuspected);
            Open(i);
            Observe(i, Kind.Received);
            Assert.Empty(_tracker.Silent(5).Ids);
            _time.Advance(_options.InflightAfter);
            var (region, ids) = _tracker.Silent(5);
            Assert.Equal(("tokyo", Submissions.Signed(i).Id), (region, Assert.Single(ids)));
            Assert.Empty(_tracker.Silent(5).Ids); // asked once
            _tracker.Observe(new InflightStatus(ids[0], InflightState.Invalid, null));
            Expire(i);
        }
        Assert.True(_tracker.IsShadowDropSuspected);
        Assert.Equal(1, _counts.Count(JitoAlert.ShadowDropSuspected));
        Open(4);
        Observe(4, Kind.Received);
        Observe(4, Kind.Accepted);
        Expire(4);
        Assert.False(_tracker.IsShadowDropSuspected);
    }

    [Fact]
    public void Events_of_strangers_and_of_no_kind_are_counted()
    {
        _tracker.Observe(new BundleResult { BundleId = "x", Finalized = new Finalized() });
        _tracker.Observe(new BundleResult { BundleId = Submissions.Signed(1).Id.ToString(), Finalized = new() });
        _tracker.Observe(new BundleResult { BundleId = "x" });
        _tracker.Observe(new BundleResult { BundleId = "x", Rejected = new Rejected() });
        Assert.Equal((2L, 2L), (_counts.ResultsStrange, _counts.ResultsUnread));
    }

    [Fact]
    public void The_funnel_counts_each_stage_once_and_none_before_an_earlier_one()
    {
        Open(1);
        _tracker.Sent(Submissions.Signed(1));
        _tracker.Sent(Submissions.Signed(1));
        OnChain(1, SlotStatus.Finalized); // what the engine said got lost
        Open(2);
        Assert.Equal(
            [2L, 2, 1, 1, 1, 1, 1], Enum.GetValues<LandingStage>().Select(Count));
        var rate = _tracker.Funnel().Rate(LandingStage.Sent, LandingStage.Landed, LandingLabel.Units, "<100k");
        Assert.Equal(new Proportion(1, 1), rate);
    }

    /// <summary>Sent by a run that was killed, landed, and sent again when its blockhash had expired.</summary>
    [Theory]
    [InlineData(Kind.Refused, OutcomeCause.BlockhashExpired)]
    [InlineData(Kind.NotSent, OutcomeCause.NoTurn)]
    public void A_refusal_of_what_may_have_left_before_is_no_outcome(Kind kind, OutcomeCause cause)
    {
        var bundle = SignedBundle.Read(Submissions.New(1) with { MayHaveLeft = true });
        Assert.Equal(OpenAnswer.Opened, _tracker.TryOpen(bundle, Labels));
        Assert.Single(_tracker.Open()); // the chain is asked, whether it is sent again or not
        _tracker.Observe(
            Submissions.Opportunity(1), new LandingEvidence { Kind = kind, AtMs = NowMs, Cause = cause });
        _time.Advance(_options.SettleDelay);
        _tracker.Settle();
        Assert.Empty(Outcomes());
        OnChain(1, SlotStatus.Finalized);
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(Outcomes()).Kind);
    }

    private long Count(LandingStage stage) => _tracker.Funnel().Count(stage);

    private void Open(int number) =>
        Assert.Equal(OpenAnswer.Opened, _tracker.TryOpen(Submissions.Signed(number), Labels));

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Observe(int number, Kind kind, string text = "") => _tracker.Observe(
        Submissions.Opportunity(number), new LandingEvidence { Kind = kind, AtMs = NowMs, Text = text });

    private void OnChain(int number, SlotStatus depth) => _tracker.Observe(
        Submissions.Opportunity(number),
        new LandingEvidence { Kind = Kind.OnChain, AtMs = NowMs, Slot = new Slot(70), Depth = depth });

    private void Winner(int number, long bid)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _tracker.Observe(Submissions.Opportunity(number), new LandingEvidence
        {
            Kind = Kind.Winner,
            AtMs = NowMs,
            Slot = new Slot(69),
            Winner = new AttributedWinner
            {
                Signature = "theirs",
                Slot = new Slot(69),
                Tip = new Lamports(bid),
                Units = 90_000,
                Bid = new Lamports(bid),
                IsAhead = false,
            },
        });
    }

    private void Expire(int number)
    {
        for (var i = 0; i < 2; i++)
        {
            _tracker.Observe(
                Submissions.Opportunity(number),
                new LandingEvidence { Kind = Kind.OffChain, AtMs = NowMs, IsPastExpiry = true });
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    private async Task Look(int times)
    {
        var watch = new ChainWatch(_options, _tracker, _chain, _time);
        for (var i = 0; i < times; i++)
        {
            await watch.Look(TestContext.Current.CancellationToken);
            _time.Advance(_options.WatchInterval);
        }
    }

    private List<BundleOutcome> Outcomes()
    {
        List<BundleOutcome> outcomes = [];
        while (_tracker.Outcomes.TryRead(out var outcome)) outcomes.Add(outcome);
        return outcomes;
    }
}
