using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class LearningEvidenceTests
{
    private static readonly Dictionary<(BundleOutcomeKind, OutcomeCause), LearningEventKind> Fed = new()
    {
        [(BundleOutcomeKind.Landed, OutcomeCause.Landed)] = LearningEventKind.Landed,
        [(BundleOutcomeKind.Landed, OutcomeCause.Unbundled)] = LearningEventKind.Landed,
        [(BundleOutcomeKind.Refused, OutcomeCause.Outbid)] = LearningEventKind.Outbid,
        [(BundleOutcomeKind.Refused, OutcomeCause.Late)] = LearningEventKind.Late,
        [(BundleOutcomeKind.Refused, OutcomeCause.ValueGuard)] = LearningEventKind.ValueGuard,
        [(BundleOutcomeKind.Expired, OutcomeCause.Outbid)] = LearningEventKind.Outbid,
        [(BundleOutcomeKind.Expired, OutcomeCause.Late)] = LearningEventKind.Late,
        [(BundleOutcomeKind.Expired, OutcomeCause.Dropped)] = LearningEventKind.Dropped,
    };

    private static readonly ChoiceContext Context = new()
    {
        Value = new Lamports(4_000_000),
        TipFloor = Lamports.Zero,
        TipCap = new Lamports(long.MaxValue),
        FastRouteCost = Lamports.Zero,
    };

    public static TheoryData<BundleOutcomeKind, OutcomeCause> Pairs { get; } = new(
        from kind in Enum.GetValues<BundleOutcomeKind>()
        from cause in Enum.GetValues<OutcomeCause>()
        select (kind, cause));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_pair_is_the_event_of_the_table_or_none(BundleOutcomeKind kind, OutcomeCause cause)
    {
        LearningEventKind? expected = Fed.TryGetValue((kind, cause), out var fed) ? fed : null;
        Assert.Equal(expected, LearningEvidence.KindOf(kind, cause));
        var isFed = LearningEvidence.TryRead(Outcome(kind, cause), 5, Context, out var evidence);
        Assert.Equal(expected is not null, isFed);
        Assert.Equal(expected ?? LearningEventKind.Unknown, evidence.Kind);
    }

    [Fact]
    public void No_pair_with_an_unknown_outcome_is_an_event() =>
        Assert.All(
            Enum.GetValues<OutcomeCause>(),
            cause => Assert.Null(LearningEvidence.KindOf(BundleOutcomeKind.Unknown, cause)));

    [Fact]
    public void Values_outside_the_enumerations_are_no_events()
    {
        Assert.Null(LearningEvidence.KindOf((BundleOutcomeKind)200, OutcomeCause.Landed));
        Assert.Null(LearningEvidence.KindOf(BundleOutcomeKind.Refused, (OutcomeCause)200));
    }

    [Fact]
    public void A_landing_carries_what_it_realised()
    {
        var landing = Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed);
        var outcome = landing with { Realised = new Lamports(4_400_000) };
        Assert.True(LearningEvidence.TryRead(outcome, 7, Context, out var evidence));
        Assert.Equal(7, evidence.Arm);
        Assert.Equal(Context, evidence.Context);
        Assert.Equal(41, evidence.AtMs);
        Assert.Equal(DetMath.Ln(1.1), evidence.LnValueRatio);
        Assert.Null(evidence.WinnerFraction);
    }

    [Fact]
    public void A_loss_carries_the_winner_where_one_was_seen()
    {
        var loss = Outcome(BundleOutcomeKind.Refused, OutcomeCause.Outbid);
        var outcome = loss with { WinnerTip = new Lamports(2_640_000) };
        Assert.True(LearningEvidence.TryRead(outcome, 7, Context, out var evidence));
        Assert.Equal(0.66, evidence.WinnerFraction);
        Assert.Null(evidence.LnValueRatio);
    }

    [Fact]
    public void The_winning_fraction_is_the_winners_or_our_own_of_what_was_realised()
    {
        var value = new Lamports(4_000_000);
        var landed = Outcome(BundleOutcomeKind.Landed, OutcomeCause.Landed) with
        {
            Realised = new Lamports(2_000_000),
            TipPaid = new Lamports(1_500_000),
        };
        Assert.Equal(0.75, LearningEvidence.WinningFraction(landed, value));
        Assert.Null(LearningEvidence.WinningFraction(landed with { Realised = Lamports.Zero }, value));
        var lost = Outcome(BundleOutcomeKind.Expired, OutcomeCause.Unobserved);
        Assert.Null(LearningEvidence.WinningFraction(lost, value));
        Assert.Equal(
            0.5, LearningEvidence.WinningFraction(lost with { WinnerTip = new Lamports(2_000_000) }, value));
        var unknown = lost with { Kind = BundleOutcomeKind.Unknown, WinnerTip = new Lamports(2_000_000) };
        Assert.Null(LearningEvidence.WinningFraction(unknown, value));
    }

    private static BundleOutcome Outcome(BundleOutcomeKind kind, OutcomeCause cause) => new()
    {
        Opportunity = default,
        Kind = kind,
        Cause = cause,
        Slot = default,
        Realised = Lamports.Zero,
        TipPaid = Lamports.Zero,
        Cursor = default,
        ObservedMs = 41,
    };
}
