using CsCheck;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// The factored sampler against the rules of learning, written down a second time: bit for bit the same. A mistake in
/// the one that is compared with is told from it, so a mistake in the product would be too.
/// </summary>
public sealed class SpecifiedLearningTests
{
    private static readonly RandomKey Key = RandomKey.Of("specified", 1);

    private static readonly Gen<Resolution> AnyOutcome = Gen.Select(
        Gen.Enum<BundleOutcomeKind>(), Gen.Enum<OutcomeCause>(), Gen.Int[0, 93], Gen.Long[300_000, 90_000_000],
        Gen.Select(Gen.Double[-2.0, 2.0], Gen.Bool, Gen.Double[0.0, 1.0], Gen.Double[-0.5, 0.5]),
        Gen.Select(Gen.Double[0.05, 1.5].Nullable(), Gen.Double[-0.3, 0.3], Gen.Int[0, 20_000]),
        (kind, cause, arm, value, around, seen) => new Resolution(
            kind, cause, arm, value, around.Item1, around.Item2, around.Item3, around.Item4, seen.Item1, seen.Item2,
            seen.Item3));

    [Fact]
    public void Any_outcomes_leave_the_same_bytes() =>
        AnyOutcome.List[0, 120].Sample(
            outcomes => Learnt(outcomes).Bytes.AsSpan().SequenceEqual(Specified(outcomes, Mistake.None).Bytes()),
            iter: 200);

    [Fact]
    public void Any_decision_chooses_the_same_arm_by_the_same_score() =>
        AnyOutcome.List[1, 60].Sample(
            outcomes =>
            {
                var (sampler, _) = Learnt(outcomes);
                var context = outcomes[^1].Context;
                var stream = new DrawStream(Key, (ulong)outcomes.Count);
                var best = sampler.Choose(context, stream).Best;
                return (best.Arm, best.Score)
                    == SpecifiedChoice.Of(Specified(outcomes, Mistake.None), context, stream, Mistake.None);
            },
            iter: 200);

    [Theory]
    [InlineData(Mistake.None, true)]
    [InlineData(Mistake.SuccessesForFailures, false)]
    [InlineData(Mistake.CensoredSignTurned, false)]
    [InlineData(Mistake.RightForLeft, false)]
    [InlineData(Mistake.DecayAfterUpdate, false)]
    [InlineData(Mistake.UnknownAsLoss, false)]
    [InlineData(Mistake.ResidualAfterLocation, false)]
    [InlineData(Mistake.LateAsOutbid, false)]
    [InlineData(Mistake.BonusOnUnknown, false)]
    public void A_mistake_in_learning_is_told_from_the_rules(Mistake mistake, bool isRight)
    {
        var outcomes = Each().ToList();
        Assert.Equal(
            isRight, Learnt(outcomes).Bytes.AsSpan().SequenceEqual(Specified(outcomes, mistake).Bytes()));
    }

    [Theory]
    [InlineData(Mistake.None, true)]
    [InlineData(Mistake.KappaIgnored, false)]
    [InlineData(Mistake.AbsoluteBonus, false)]
    [InlineData(Mistake.RouteCostForgotten, false)]
    [InlineData(Mistake.NoDraw, false)]
    [InlineData(Mistake.OneRoute, false)]
    public void A_mistake_in_choosing_is_told_from_the_rules(Mistake mistake, bool isRight)
    {
        var outcomes = Each().ToList();
        var ((sampler, _), belief) = (Learnt(outcomes), Specified(outcomes, Mistake.None));
        Assert.True(belief.Bonus > 0.0);
        var isSame = true;
        for (var i = 0; i < 20; i++)
        {
            var context = outcomes[i].Context;
            var stream = new DrawStream(Key, (ulong)i);
            var best = sampler.Choose(context, stream).Best;
            isSame &= (best.Arm, best.Score) == SpecifiedChoice.Of(belief, context, stream, mistake);
        }
        Assert.Equal(isRight, isSame);
    }

    private static (FactoredSampler Sampler, byte[] Bytes) Learnt(IEnumerable<Resolution> outcomes)
    {
        var sampler = new FactoredSampler(FactoredTerms.Floor with { CalibrationShare = 0.0 });
        foreach (var outcome in outcomes)
            if (outcome.Kind is not null) sampler.Apply(outcome.Event);
        return (sampler, sampler.CanonicalBytes());
    }

    private static SpecifiedPosterior Specified(IEnumerable<Resolution> outcomes, Mistake mistake)
    {
        var posterior = new SpecifiedPosterior(mistake, landRateTarget: 0.69);
        foreach (var outcome in outcomes) posterior.Learn(outcome.Kind, outcome.Event);
        return posterior;
    }

    /// <summary>Every kind with every cause, at different times, with and without a winner that was seen.</summary>
    private static IEnumerable<Resolution> Each()
    {
        var number = 0;
        foreach (var kind in Enum.GetValues<BundleOutcomeKind>())
        {
            foreach (var cause in Enum.GetValues<OutcomeCause>())
            {
                number++;
                yield return new Resolution(
                    kind, cause, number * 37 % 94, 400_000 + number * 1_300_000L, number % 5 - 2.0, number % 3 == 0,
                    number % 7 / 6.0, number % 4 / 8.0, number % 2 == 0 ? 0.3 + number % 9 / 10.0 : null,
                    (number % 11 - 5) / 30.0, number * 900);
            }
        }
    }

    /// <summary>What became of a decision, and what that decision knew.</summary>
    private sealed record Resolution(
        BundleOutcomeKind What, OutcomeCause Cause, int Arm, long Value, double Congestion, bool IsYoung,
        double Position, double Offset, double? Winner, double LnValue, int AtMs)
    {
        public LearningEventKind? Kind => LearningEvidence.KindOf(What, Cause);

        public ChoiceContext Context => new()
        {
            Value = new Lamports(Value),
            TipFloor = Domain.Learning.Arm.TipMin,
            TipCap = new Lamports(Value),
            FastRouteCost = new Lamports(100_000),
            Features = FeatureVector.Of(new Lamports(Value), Congestion, IsYoung, 0.3 + Position / 2.0, 0.5),
            SurvivalBin = FeatureVector.SurvivalBin(Congestion, Position),
            Offset = Offset,
        };

        public LearningEvent Event => new()
        {
            Kind = Kind ?? LearningEventKind.Outbid,
            Arm = Arm,
            Context = Context,
            AtMs = AtMs,
            WinnerFraction = Winner,
            LnValueRatio = Kind == LearningEventKind.Landed ? LnValue : null,
        };
    }
}
