using CsCheck;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>The posterior is the fold of its outcomes; the checker that says so tells wrong folds from it.</summary>
public sealed class PosteriorFoldTests
{
    private static readonly Gen<Resolved> AnyOutcome = Gen.Select(
        Gen.Int[0, 37], Gen.Enum<BundleOutcomeKind>(), Gen.Enum<OutcomeCause>(),
        (arm, kind, cause) => new Resolved(arm, kind, cause));

    private static readonly LearningEventKind[] Losses =
        [LearningEventKind.Outbid, LearningEventKind.Late, LearningEventKind.ValueGuard, LearningEventKind.Dropped];

    [Fact]
    public void The_posterior_is_the_recount_of_its_outcomes() =>
        AnyOutcome.List[0, 400].Sample(outcomes => PosteriorChecker.IsFoldOf(Fold(outcomes), outcomes), iter: 300);

    [Fact]
    public void The_order_of_outcomes_does_not_matter_to_counts() =>
        AnyOutcome.List[0, 100].Sample(
            outcomes => Fold(outcomes).Id == Fold(outcomes.AsEnumerable().Reverse()).Id, iter: 100);

    [Theory]
    [InlineData(Mutation.SuccessesForFailures)]
    [InlineData(Mutation.UnknownAsLoss)]
    [InlineData(Mutation.UnobservedAsLoss)]
    [InlineData(Mutation.LandingTwice)]
    [InlineData(Mutation.NeighbouringArm)]
    public void A_wrong_fold_is_told_from_the_right_one(Mutation mutation)
    {
        var outcomes = Enum.GetValues<BundleOutcomeKind>()
            .SelectMany(kind => Enum.GetValues<OutcomeCause>().Select((cause, i) => new Resolved(i, kind, cause)))
            .ToList();
        Assert.True(PosteriorChecker.IsFoldOf(Fold(outcomes), outcomes));
        Assert.False(PosteriorChecker.IsFoldOf(FoldWrongly(outcomes, mutation), outcomes));
    }

    public enum Mutation
    {
        SuccessesForFailures,
        UnknownAsLoss,
        UnobservedAsLoss,
        LandingTwice,
        NeighbouringArm,
    }

    internal static ISampler Fold(IEnumerable<Resolved> outcomes)
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        foreach (var outcome in outcomes)
        {
            if (LearningEvidence.KindOf(outcome.Kind, outcome.Cause) is { } kind)
                sampler.Apply(Event(kind, outcome.Arm));
        }
        return sampler;
    }

    internal static LearningEvent Event(LearningEventKind kind, int arm) =>
        new() { Kind = kind, Arm = arm, Context = default, AtMs = 0 };

    private static ISampler FoldWrongly(IEnumerable<Resolved> outcomes, Mutation mutation)
    {
        var sampler = Samplers.Prior(SamplerKind.BetaThompson);
        foreach (var outcome in outcomes)
        {
            var kind = LearningEvidence.KindOf(outcome.Kind, outcome.Cause);
            var isUnknownFed = mutation == Mutation.UnknownAsLoss && outcome.Kind == BundleOutcomeKind.Unknown;
            var isUnobservedFed = mutation == Mutation.UnobservedAsLoss && outcome.Cause == OutcomeCause.Unobserved;
            if (isUnknownFed || isUnobservedFed) kind = LearningEventKind.Outbid;
            if (kind is not { } fed) continue;
            if (mutation == Mutation.SuccessesForFailures)
                fed = Losses.Contains(fed) ? LearningEventKind.Landed : LearningEventKind.Late;
            sampler.Apply(Event(fed, mutation == Mutation.NeighbouringArm ? (outcome.Arm + 1) % 38 : outcome.Arm));
            if (mutation == Mutation.LandingTwice && fed == LearningEventKind.Landed)
                sampler.Apply(Event(fed, outcome.Arm));
        }
        return sampler;
    }
}
