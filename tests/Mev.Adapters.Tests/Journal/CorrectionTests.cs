using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Journal;

/// <summary>What a corrected outcome does to a strategy: what holds last counts, evidence teaches once.</summary>
public sealed class CorrectionTests
{
    private static readonly StrategyParameters Parameters = new() { Id = "arb-1" };
    private static readonly OpportunityId Opportunity = new(Digest.Of("chance"u8));
    private static readonly BundleOutcome Landed = Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed);
    private static readonly BundleOutcome Outbid = Outcome(BundleOutcomeKind.Refused, OutcomeCause.Outbid);
    private static readonly BundleOutcome Unknown = Outcome(BundleOutcomeKind.Unknown, OutcomeCause.Unobserved);

    [Fact]
    public void Refused_and_then_landed_is_a_landing_in_the_books_and_one_lesson()
    {
        var corrected = Fold(First(Outbid), Second(Landed, Outbid));

        Assert.Equal((1, 0, 1), (corrected.Tally.Landed, corrected.Tally.Refused, corrected.Tally.Corrections));
        Assert.Equal((Landed.Realised, Landed.TipPaid), (corrected.Tally.Realised, corrected.Tally.TipsPaid));
        Assert.Equal(Fold(First(Outbid)).Posterior, corrected.Posterior);
        Assert.Equal((0, 1), (CausesOf(corrected, OutcomeCause.Outbid), CausesOf(corrected, OutcomeCause.Landed)));
        Assert.Empty(corrected.Open);
    }

    [Fact]
    public void Landed_and_then_gone_with_its_fork_is_no_profit()
    {
        var gone = Fold(First(Landed), Second(Unknown, Landed));

        Assert.Equal((0, 1, Lamports.Zero), (gone.Tally.Landed, gone.Tally.Unknown, gone.Tally.Net));
        Assert.Equal(Fold(First(Landed)).Posterior, gone.Posterior);
        var back = Fold(First(Landed), Second(Unknown, Landed), Second(Landed, Unknown, offset: 2, hasTaught: true));
        Assert.Equal((1, 0, 2), (back.Tally.Landed, back.Tally.Unknown, back.Tally.Corrections));
        Assert.Equal(gone.Posterior, back.Posterior);
    }

    [Fact]
    public void Evidence_that_corrects_a_missing_one_is_learnt_once()
    {
        var told = Fold(First(Unknown), Second(Landed, Unknown));

        Assert.Equal(Fold(First(Landed)).Posterior, told.Posterior);
        Assert.NotEqual(Fold(First(Unknown)).Posterior, told.Posterior);
        Assert.Equal((1, 0, 1), (told.Tally.Landed, told.Tally.Unknown, told.Tally.Corrections));
        var twice = Fold(First(Unknown), Second(Landed, Unknown), Second(Outbid, Landed, offset: 2));
        Assert.Equal(told.Posterior, twice.Posterior);
    }

    [Fact]
    public void What_taught_nothing_leaves_the_lesson_to_what_corrects_it_in_its_own_epoch()
    {
        var leaderless = Outcome(BundleOutcomeKind.Refused, OutcomeCause.NoLeader);
        var prior = Fold(First(leaderless)).Posterior;

        Assert.Equal(Fold(First(Outbid)).Posterior, Fold(First(leaderless), Second(Outbid, leaderless)).Posterior);
        Assert.NotEqual(prior, Fold(First(Outbid)).Posterior);
        Assert.Equal(prior, Fold(First(leaderless), Second(Outbid, leaderless, key: 1)).Posterior);
    }

    [Fact]
    public void A_loss_and_its_winning_fraction_count_once_whatever_corrects_them()
    {
        var unseen = Outcome(BundleOutcomeKind.Expired, OutcomeCause.Unobserved) with { WinnerTip = new Lamports(600) };
        var seen = Outbid with { WinnerTip = new Lamports(600) };
        var lost = Fold(First(unseen)).Belief!;
        Assert.Equal([0], lost.Losses);
        Assert.NotEqual(0.5, lost.MarketFraction);

        var corrected = Fold(First(unseen), Second(seen, unseen));
        Assert.Equal(Fold(First(Outbid)).Posterior, corrected.Posterior); // the lesson comes all the same
        Assert.Equal(lost.Losses, corrected.Belief!.Losses);
        Assert.Equal(lost.MarketFraction, corrected.Belief.MarketFraction);

        var lostAndUnknown = EarlierOutcome.After(
            EarlierOutcome.After(null, 1, unseen, new Lamports(1_000)), 2, Unknown, new Lamports(1_000));
        var twice = Fold(First(unseen), Second(Unknown, unseen), OutcomeRecords.Of(seen, Submit(), 0, lostAndUnknown));
        Assert.Equal(lost.Losses, twice.Belief!.Losses);
        Assert.Equal(lost.MarketFraction, twice.Belief.MarketFraction);
    }

    [Theory]
    [InlineData(OutcomeCause.Unobserved, true)]
    [InlineData(OutcomeCause.Stopped, false)]
    public void What_stayed_unknown_is_a_loss_that_evidence_counts_no_second_time_unless_a_stop_left_it_so(
        OutcomeCause cause, bool isLoss)
    {
        var unknown = Outcome(BundleOutcomeKind.Unknown, cause);
        var later = Submit();
        later.Strategy = Parameters.Id;
        later.Core.OpportunityId = ByteString.CopyFrom(Digest.Of("later"u8).ToArray());
        later.Cursor = new FeedCursor { Position = 2, Slot = StrategyFold.UnknownSlotsMax + 1 };
        var next = new AuditEntry(RecordType.Intent, default, new AuditRecord { Decision = later });

        Assert.Equal(isLoss ? [0] : [], Fold(First(unknown), next).Belief!.Losses);
        Assert.Equal(isLoss ? [0] : [1], Fold(First(unknown), next, Second(Outbid, unknown)).Belief!.Losses);
        Assert.Equal([1], Fold(First(unknown), Second(Outbid, unknown)).Belief!.Losses);
    }

    [Fact]
    public void A_winner_named_later_is_no_second_lesson_and_no_second_loss()
    {
        var named = Outbid with { WinnerTip = new Lamports(500), Winner = Winner };
        var taught = Fold(First(Outbid), Second(named, Outbid));
        Assert.Equal(Fold(First(Outbid)).Posterior, taught.Posterior);
        Assert.Equal((1, 1), (taught.Tally.Refused, taught.Tally.Corrections));

        var unseen = Outcome(BundleOutcomeKind.Refused, OutcomeCause.Engine);
        var told = Fold(First(unseen), Second(unseen with { WinnerTip = new Lamports(500), Winner = Winner }, unseen));
        Assert.Equal(Fold(First(unseen)).Belief!.Losses, told.Belief!.Losses);
        Assert.Single(told.Belief.Losses);
        Assert.Equal(Fold(First(unseen)).Posterior, told.Posterior);
    }

    [Fact]
    public void A_correction_counts_once_also_behind_a_snapshot()
    {
        AuditEntry[] records = [First(Outbid), Second(Landed, Outbid), Second(Landed, Outbid)];
        var whole = Fold(records);
        Assert.Equal((1, 1, 1), (whole.Tally.Landed, whole.Tally.Corrections, whole.Tally.Duplicates));

        var fold = new StrategyFold(Parameters, Fold(records[..^1]));
        Assert.True(fold.Take(Record(records.Length, records[^1])));
        Assert.Equal(whole.Tally, fold.Tally);
    }

    [Fact]
    public void A_missing_evidence_told_again_is_a_duplicate()
    {
        var again = Fold(First(Unknown), First(Unknown), First(Unknown));
        Assert.Equal((1, 2), (again.Tally.Unknown, again.Tally.Duplicates));
        Assert.Equal(1, CausesOf(again, OutcomeCause.Unobserved));
        Assert.Single(again.Open);
    }

    [Fact]
    public void What_takes_back_what_was_never_counted_is_passed_over()
    {
        var fold = new StrategyFold(Parameters);
        Assert.True(fold.Take(Record(0, Intent())));
        Assert.True(fold.Take(Record(1, First(Outbid))));
        Assert.False(fold.Take(Record(2, Second(Unknown, Landed))));
        Assert.False(fold.Take(Record(3, Second(Landed, Outbid, offset: 3))));
        var arm = AuditRecords.Read(Record(4, Second(Landed, Outbid)))!;
        arm.Outcome.Arm = -1;
        Assert.False(fold.Take(Record(4, new AuditEntry(RecordType.Outcome, Opportunity.Value, arm))));
        Assert.Equal((0, 1, 0), (fold.Tally.Landed, fold.Tally.Refused, fold.Tally.Corrections));
    }

    [Fact]
    public void The_record_says_what_it_corrects()
    {
        var written = AuditRecords.Read(Record(2, Second(Outbid, Landed)))!.Outcome;
        Assert.Equal(Outbid, OutcomeRecords.Read(written));
        var earlier = OutcomeRecords.ReadCorrected(written)!;
        Assert.Equal(
            (Landed.Kind, Landed.Cause, Landed.Realised, Landed.TipPaid, 1),
            (earlier.Kind, earlier.Cause, earlier.Realised, earlier.TipPaid, written.Corrects.Offset));
        Assert.Null(OutcomeRecords.ReadCorrected(AuditRecords.Read(Record(1, First(Landed)))!.Outcome));
    }

    private static AttributedWinner Winner => new()
    {
        Signature = "theirs",
        Slot = new Slot(9),
        Tip = new Lamports(500),
        Units = 1,
        Bid = new Lamports(500),
        IsAhead = false,
    };

    private static StrategySnapshot Fold(params AuditEntry[] outcomes)
    {
        var fold = new StrategyFold(Parameters);
        Assert.True(fold.Take(Record(0, Intent())));
        foreach (var (i, outcome) in outcomes.Index()) Assert.True(fold.Take(Record(i + 1, outcome)));
        return fold.Snapshot();
    }

    private static long CausesOf(StrategySnapshot fold, OutcomeCause cause) => fold.Causes[(int)cause];

    private static AuditEntry First(BundleOutcome outcome) => OutcomeRecords.Of(outcome, Submit(), 0);

    private static AuditEntry Second(
        BundleOutcome outcome, BundleOutcome earlier, long offset = 1, bool hasTaught = false, ulong? key = null)
    {
        var intent = Submit();
        intent.Core.RandomKey = key ?? intent.Core.RandomKey;
        var before = EarlierOutcome.After(null, offset, earlier, new Lamports(intent.Core.Value));
        return OutcomeRecords.Of(
            outcome, intent, 0, before with { HasTaught = before.HasTaught || hasTaught });
    }

    private static AuditEntry Intent() =>
        new(RecordType.Intent, Opportunity.Value, new AuditRecord { Decision = Submit() });

    private static LogRecord Record(long offset, AuditEntry entry) =>
        LogRecords.Of(offset, new LogEntry(entry.Type, 1, entry.Key, entry.Body));

    private static Decision Submit() => new()
    {
        Strategy = Parameters.Id,
        Core = new DecisionCore
        {
            OpportunityId = ByteString.CopyFrom(Opportunity.Value.ToArray()),
            Action = (uint)DecisionAction.Submit,
            Value = 1_000,
            Choice = new Choice { Arm = 3, TipBps = 500 },
            RandomKey = RandomKey.Of(Parameters.Id, Parameters.Epoch).Value,
            MessageHash = ByteString.CopyFrom(Opportunity.Value.ToArray()),
        },
    };

    private static BundleOutcome Outcome(BundleOutcomeKind kind, OutcomeCause cause) => new()
    {
        Opportunity = Opportunity,
        Kind = kind,
        Cause = cause,
        Slot = new Slot(301),
        Realised = kind == BundleOutcomeKind.Landed ? new Lamports(900) : Lamports.Zero,
        TipPaid = kind == BundleOutcomeKind.Landed ? new Lamports(100) : Lamports.Zero,
        Cursor = default,
        ObservedMs = 5,
    };
}
