using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Decision = Mev.Contracts.V1.Decision;
using Surroundings = Mev.Contracts.V1.Surroundings;

namespace Mev.Adapters.Tests.Journal;

/// <summary>What a strategy's records teach it, when they do and when they do not.</summary>
public sealed class StrategyBeliefTests
{
    private const string Id = "arb-1";
    private static readonly StrategyParameters Parameters = new() { Id = Id, Sampler = SamplerKind.FactoredFloor };

    private readonly List<LogRecord> _records = [];
    private int _opportunity;
    private ulong _epoch = 1;

    [Fact]
    public void An_outcome_teaches_the_posterior_with_what_its_decision_knew()
    {
        Decide(out var opportunity);
        Resolve(opportunity, BundleOutcomeKind.Refused, OutcomeCause.Outbid, winnerTip: 600_000);
        var expected = new FactoredSampler(FactoredTerms.Floor);
        expected.Apply(new LearningEvent
        {
            Kind = LearningEventKind.Outbid,
            Arm = 57,
            Context = new ChoiceContext
            {
                Value = new Lamports(1_000_000),
                TipFloor = default,
                TipCap = default,
                FastRouteCost = default,
                Features = FeatureVector.Of(new Lamports(1_000_000), 0.7, true, 0.4, 0.6),
                SurvivalBin = 3,
            },
            AtMs = 5_001,
            WinnerFraction = 0.6,
        });
        var fold = Fold();
        Assert.Equal(expected.Id, fold.Sampler.Id);
        Assert.Equal(1, fold.Belief.Learnt);
        Assert.Equal(0.503, fold.Belief.Fractions.Market, 1e-15);
        var pool = Assert.Single(fold.Belief.Fractions.Pools);
        Assert.Equal(0.508, pool.Value, 1e-15);
    }

    [Fact]
    public void Unknown_is_no_reward_and_evidence_that_comes_later_counts_once()
    {
        Decide(out var opportunity);
        Resolve(opportunity, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved, winnerTip: 600_000);
        Assert.Equal(Samplers.Prior(Parameters.Sampler).Id, Fold().Sampler.Id);
        Assert.Equal(0.5, Fold().Belief.Fractions.Market);
        Resolve(opportunity, BundleOutcomeKind.Refused, OutcomeCause.Late);
        var once = Fold().Sampler.Id;
        Resolve(opportunity, BundleOutcomeKind.Refused, OutcomeCause.Late);
        Assert.Equal(once, Fold().Sampler.Id);
        Assert.Equal((1L, 1L), (Fold().Belief.Learnt, Fold().Tally.Duplicates));
    }

    [Fact]
    public void A_correction_that_teaches_is_learnt_with_what_its_decision_knew()
    {
        Decide(out var opportunity);
        Resolve(opportunity, BundleOutcomeKind.Expired, OutcomeCause.Unobserved);
        var earlier = _records[^1].Offset;
        Resolve(opportunity, BundleOutcomeKind.Landed, OutcomeCause.Landed);
        var correction = AuditRecord.Parser.ParseFrom(_records[^1].Entry.Bytes.Span);
        correction.Outcome.Arm = 57;
        correction.Outcome.Value = 1_000_000;
        correction.Outcome.Corrects = new Corrected
        {
            Offset = earlier,
            Kind = (uint)BundleOutcomeKind.Expired,
            RandomKey = RandomKey.Of(Id, 1).Value,
            Surroundings = Around(),
            Pools = { ByteString.CopyFrom(new byte[32]) },
        };
        _records.RemoveAt(_records.Count - 1);
        Append(RecordType.Outcome, correction);
        var corrected = Fold();
        var landedAtOnce = new StrategyFold(Parameters);
        landedAtOnce.Take(_records[0]);
        correction.Outcome.Corrects = null;
        landedAtOnce.Take(LogRecords.Of(
            1, new LogEntry(RecordType.Outcome, 1, default, correction.ToByteArray())));
        Assert.Equal(landedAtOnce.Sampler.Id, corrected.Sampler.Id);
        Assert.Equal(landedAtOnce.Belief.Fractions.Pools, corrected.Belief.Fractions.Pools);
        Assert.Equal((1L, 1L), (corrected.Belief.Learnt, corrected.Tally.Landed));
    }

    [Fact]
    public void Losses_that_nobody_sees_freeze_all_learning_wins_too_until_losses_are_seen_again()
    {
        for (var i = 0; i < 30; i++) Play(BundleOutcomeKind.Expired, OutcomeCause.Unobserved);
        var fold = Fold();
        Assert.True(fold.Belief.Evidence.IsFrozen);
        var before = fold.Sampler.Id;
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.Equal(before, Fold().Sampler.Id);
        Assert.Equal((1L, 0.5), (Fold().Belief.Held, Fold().Belief.Fractions.Market));
        while (Fold().Belief.Evidence.IsFrozen) Play(BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        Assert.Equal(75, Fold().Belief.Evidence.LossesCount); // 30 unseen of 75 are two fifths
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.NotEqual(before, Fold().Sampler.Id);
    }

    [Fact]
    public void An_intent_that_stays_unknown_is_in_the_end_a_loss_that_nobody_saw()
    {
        Decide(out var opportunity);
        Resolve(opportunity, BundleOutcomeKind.Unknown, OutcomeCause.Unobserved);
        Assert.Equal(0, Fold().Belief.Evidence.LossesCount);
        Decide(out _, slot: 300 + StrategyFold.UnknownSlotsMax + 1);
        Assert.Equal((1, 1.0), (Fold().Belief.Evidence.LossesCount, Fold().Belief.Evidence.UnseenShare));
    }

    [Fact]
    public void A_reset_begins_with_the_prior_and_what_is_open_teaches_it_nothing()
    {
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Decide(out var open);
        Append(LearningRecords.Begin(
            LearningChangeKind.Reset, Id, 2, Samplers.Prior(Parameters.Sampler), "another market"));
        Resolve(open, BundleOutcomeKind.Landed, OutcomeCause.Landed);
        var fold = Fold();
        Assert.Equal(Samplers.Prior(Parameters.Sampler).Id, fold.Sampler.Id);
        Assert.Equal((2UL, 0L, 0.5), (fold.Belief.Parameters.Epoch, fold.Belief.Learnt, fold.Belief.Fractions.Market));
        Assert.Equal(RandomKey.Of(Id, 2), fold.Belief.Key);
        Assert.Equal((2, 2), (fold.Tally.Submits, fold.Tally.Landed));
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed); // still decided with the old key
        Assert.Equal(0, Fold().Belief.Learnt);
        _epoch = 2;
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.Equal(1, Fold().Belief.Learnt);
    }

    [Fact]
    public void Another_prior_is_what_the_next_epoch_begins_with_and_an_old_one_changes_nothing()
    {
        var other = FactoredSampler.WithPrior(FactoredTerms.Floor, 0.3);
        Append(LearningRecords.Begin(LearningChangeKind.PriorChange, Id, 2, other, "a wiser prior"));
        Assert.Equal(other.Id, Fold().Sampler.Id);
        Append(LearningRecords.Begin(
            LearningChangeKind.Reset, Id, 2, Samplers.Prior(Parameters.Sampler), "too late"));
        Assert.Equal(other.Id, Fold().Sampler.Id);
        Assert.Equal(Samplers.Prior(Parameters.Sampler).Id, Fold(Parameters with { Epoch = 3 }).Sampler.Id);
        var damaged = LearningRecords.Begin(LearningChangeKind.PriorChange, Id, 3, other, "damaged");
        var body = AuditRecord.Parser.ParseFrom(damaged.Body.Span);
        body.LearningChange.Posterior = ByteString.CopyFrom(body.LearningChange.Posterior.Span[1..]);
        var fold = Fold();
        Assert.False(fold.Take(LogRecords.Of(
            _records.Count, new LogEntry(RecordType.LearningChange, 1, default, body.ToByteArray()))));
        Assert.Equal((other.Id, 2UL), (fold.Sampler.Id, fold.Belief.Parameters.Epoch));
    }

    [Fact]
    public void Frozen_by_an_operator_it_learns_nothing_until_the_thaw_and_catches_nothing_up()
    {
        Append(LearningRecords.Hold(LearningChangeKind.Freeze, Id, 1, "odd outcomes"));
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.True(Fold().Belief is { IsFrozen: true, Held: 1, Learnt: 0 });
        Append(LearningRecords.Hold(LearningChangeKind.Thaw, Id, 1, "explained"));
        Assert.Equal(Samplers.Prior(Parameters.Sampler).Id, Fold().Sampler.Id);
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.True(Fold().Belief is { IsFrozen: false, Held: 1, Learnt: 1 });
        Append(LearningRecords.Hold(LearningChangeKind.Freeze, "arb-2", 1, "another's"));
        Assert.False(Fold().Belief.IsFrozen);
    }

    [Fact]
    public void Decisions_of_a_sampler_with_other_arms_teach_nothing()
    {
        Play(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        Assert.Equal(0, Fold(Parameters with { Sampler = SamplerKind.BetaThompson }).Belief.Learnt);
        Assert.Equal(1, Fold(Parameters with { Sampler = SamplerKind.Factored }).Belief.Learnt);
    }

    [Fact]
    public void From_any_snapshot_on_it_is_what_it_is_from_the_beginning()
    {
        for (var i = 0; i < 400; i++)
        {
            var (kind, cause) = (i % 7) switch
            {
                0 or 1 => (BundleOutcomeKind.Landed, OutcomeCause.Landed),
                2 => (BundleOutcomeKind.Refused, OutcomeCause.Late),
                3 => (BundleOutcomeKind.Expired, OutcomeCause.Unobserved),
                _ => (BundleOutcomeKind.Refused, OutcomeCause.Outbid),
            };
            Play(kind, cause);
            if (i == 150) Append(LearningRecords.Hold(LearningChangeKind.Freeze, Id, 1, "a while"));
            if (i == 170) Append(LearningRecords.Hold(LearningChangeKind.Thaw, Id, 1, "enough"));
            if (i != 250) continue;
            var prior = FactoredSampler.WithPrior(FactoredTerms.Floor, -0.2);
            Append(LearningRecords.Begin(LearningChangeKind.PriorChange, Id, ++_epoch, prior, "lower"));
        }
        var whole = Fold().Snapshot();
        Assert.InRange(whole.Belief!.History.Length, 10, 64);
        for (var offset = 0; offset < _records.Count; offset += 61)
        {
            var early = new StrategyFold(Parameters);
            foreach (var record in _records.Take(offset)) early.Take(record);
            var fold = new StrategyFold(Parameters, early.Snapshot());
            foreach (var record in _records.Skip(offset)) Assert.True(fold.Take(record));
            var tail = fold.Snapshot();
            Assert.Equal(whole.Posterior, tail.Posterior);
            AssertSame(whole.Belief, tail.Belief!);
        }
    }

    [Fact]
    public void The_history_spans_all_time_in_few_points()
    {
        for (var i = 0; i < 3_000; i++) Play(BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        var fold = Fold();
        var points = fold.Belief.History;
        Assert.InRange(points.Length, 32, 64);
        Assert.True(points[0].Learnt <= 64 && points[^1].Learnt > 2_900);
        Assert.Equal(points.OrderBy(point => point.Offset), points);
        Assert.Single(points.Zip(points.Skip(1), (first, second) => second.Learnt - first.Learnt).Distinct());
        Assert.All(points, point => Assert.Equal(point.Landing.Order(), point.Landing));
        Assert.True(points[^1].Landing[2] < points[0].Landing[2]); // it lost all the time
    }

    private static void AssertSame(BeliefSnapshot expected, BeliefSnapshot found)
    {
        Assert.Equal(
            (expected.Epoch, expected.IsFrozen, expected.MarketFraction, expected.Learnt, expected.Held,
                expected.HistoryStep, expected.HistoryOutcomes, expected.HoldOffset),
            (found.Epoch, found.IsFrozen, found.MarketFraction, found.Learnt, found.Held, found.HistoryStep,
                found.HistoryOutcomes, found.HoldOffset));
        Assert.Equal(expected.PoolFractions, found.PoolFractions);
        Assert.Equal(expected.Losses, found.Losses);
        Assert.Equal(
            expected.History.Select(point => (point.Offset, point.Id, point.Learnt)),
            found.History.Select(point => (point.Offset, point.Id, point.Learnt)));
    }

    private StrategyFold Fold(StrategyParameters? parameters = null)
    {
        var fold = new StrategyFold(parameters ?? Parameters);
        foreach (var record in _records) Assert.True(fold.Take(record));
        return fold;
    }

    private void Play(BundleOutcomeKind kind, OutcomeCause cause)
    {
        Decide(out var opportunity);
        Resolve(opportunity, kind, cause);
    }

    private void Append(AuditEntry entry) => _records.Add(LogRecords.Of(
        _records.Count, new LogEntry(entry.Type, 1, entry.Key, entry.Body)));

    private void Append(RecordType type, AuditRecord body) => Append(new AuditEntry(type, default, body));

    private void Decide(out ByteString opportunity, ulong slot = 300)
    {
        opportunity = ByteString.CopyFrom(Digest.Of(BitConverter.GetBytes(_opportunity++)).ToArray());
        Append(RecordType.Intent, new AuditRecord
        {
            Decision = new Decision
            {
                DecisionId = ByteString.CopyFrom(new byte[16]),
                Strategy = Id,
                Cursor = new FeedCursor { Position = (ulong)_opportunity, Slot = slot },
                Core = new DecisionCore
                {
                    OpportunityId = opportunity,
                    Action = (uint)DecisionAction.Submit,
                    Value = 1_000_000,
                    Hops = { new HopAmounts { Pool = ByteString.CopyFrom(new byte[32]) } },
                    Choice = new Choice { Arm = 57, TipBps = 6_100 },
                    RandomKey = RandomKey.Of(Id, _epoch).Value,
                    Message = ByteString.CopyFrom([1]),
                    MessageHash = ByteString.CopyFrom(new byte[32]),
                    Surroundings = Around(),
                },
            },
        });
    }

    private static Surroundings Around() => new()
    {
        Congestion = 0.7,
        IsYoung = true,
        SlotPosition = 0.9,
        PoolFraction = 0.4,
        MarketFraction = 0.6,
    };

    private void Resolve(ByteString opportunity, BundleOutcomeKind kind, OutcomeCause cause, long? winnerTip = null)
    {
        var isLanded = kind == BundleOutcomeKind.Landed;
        var outcome = new Outcome
        {
            OpportunityId = opportunity,
            Strategy = Id,
            Kind = (uint)kind,
            Cause = (uint)cause,
            Realised = isLanded ? 900_000 : 0,
            TipPaid = isLanded ? 610_000 : 0,
            Cursor = new FeedCursor { Position = (ulong)_opportunity, Slot = 301 },
            ObservedMs = 5_000 + _records.Count,
        };
        if (winnerTip is { } tip) outcome.WinnerTip = tip;
        Append(RecordType.Outcome, new AuditRecord { Outcome = outcome });
    }
}
