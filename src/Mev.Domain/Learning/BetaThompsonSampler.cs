using System.Collections.Immutable;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// The baseline: a Beta(1, 1) prior on each arm's probability of landing, a landing a success, every fed loss a failure
/// of the arm that was played. Score of an arm = drawn probability * (1 - tip share) - route cost / value.
/// </summary>
/// <remarks>
/// Each arm draws from its own purpose, so what one arm draws does not depend on which others are drawn, and arms may
/// be left out. No score exceeds the one for probability 1, and rounding keeps that order, so an arm whose score at 1
/// could not enter the three best is not drawn. That bound falls as the share rises: arms are visited by rising share
/// and the visit ends at the first share of which neither arm can enter. Choice, the three best scores and the numbers
/// of the arms that are drawn are those of drawing all, which <see cref="Explain"/> does.
/// </remarks>
public sealed partial class BetaThompsonSampler : ISampler
{
    private const double PriorCount = 1.0;
    private const double CountMax = 9007199254740992.0; // 2^53: above it a double no longer counts by ones
    private const double IntervalTail = 0.05;

    private static readonly double[] KeptShares =
        [.. BetaArms.SharesBasisPoints.Select(share => 1.0 - share / 10_000.0)];

    private readonly GammaLaw[] _successes = new GammaLaw[BetaArms.Count];
    private readonly GammaLaw[] _failures = new GammaLaw[BetaArms.Count];
    private PosteriorId? _id; // null: not yet computed since the last change

    /// <summary>The prior.</summary>
    public BetaThompsonSampler()
    {
        Array.Fill(_successes, new GammaLaw(PriorCount));
        Array.Fill(_failures, new GammaLaw(PriorCount));
    }

    /// <inheritdoc/>
    public SamplerKind Kind => SamplerKind.BetaThompson;

    /// <inheritdoc/>
    public ImmutableArray<Arm> Arms => BetaArms.All;

    /// <summary>Pseudo-successes and pseudo-failures of an arm, the prior's one each included.</summary>
    public BetaLaw BeliefOf(int arm) => new(_successes[arm].Shape, _failures[arm].Shape);

    /// <inheritdoc/>
    public ArmChoice Choose(in ChoiceContext context, in DrawStream stream)
    {
        var (standardCost, fastCost) = RouteCosts.Of(context);
        var shares = TipRange.Of(context, BetaArms.SharesBasisPoints);
        var top = new TopScores();
        for (var share = shares.First; share <= shares.Last; share++)
        {
            var kept = KeptShares[share];
            var fast = share + BetaArms.SharesCount;
            var isOpen = top.Admits(share, kept - standardCost);
            if (isOpen) top.Offer(share, Draw(share, stream) * kept - standardCost);
            else if (!top.Admits(fast, kept - fastCost)) break;
            if (top.Admits(fast, kept - fastCost)) top.Offer(fast, Draw(fast, stream) * kept - fastCost);
        }
        var arm = top.Best.IsNone ? Arm.None : BetaArms.All[top.Best.Arm];
        return new ArmChoice
        {
            CandidatesCount = 2 * shares.Count,
            Arm = arm,
            Index = top.Best.Arm,
            Tip = arm.TipOn(context.Value),
            Best = top.Best,
            Second = top.Second,
            Third = top.Third,
        };
    }

    /// <inheritdoc/>
    public void Apply(in LearningEvent evidence)
    {
        switch (evidence.Kind)
        {
            case LearningEventKind.Landed:
                Increment(_successes, evidence.Arm);
                break;
            case LearningEventKind.Outbid or LearningEventKind.Late or LearningEventKind.ValueGuard
                or LearningEventKind.Dropped:
                Increment(_failures, evidence.Arm);
                break;
            case LearningEventKind.Skipped:
                break; // no arm was played, and an arm learns of itself alone
            default:
                throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Kind, "not an event");
        }
    }

    /// <inheritdoc/>
    public int DrawsCount => 0;

    /// <inheritdoc/>
    public double Dual => 0.0;

    /// <inheritdoc/>
    public double ChanceIn(Lamports value) => 1.0;

    /// <inheritdoc/>
    public void WriteDraws(in ChoiceContext context, in DrawStream stream, Span<double> destination)
    {
    }

    /// <inheritdoc/>
    public double TypicalLanding(int arm) => BeliefOf(arm).Mean;

    /// <inheritdoc/>
    public void Expect(in ChoiceContext context, Span<ArmExpectation> destination)
    {
        var (standardCost, fastCost) = RouteCosts.Of(context);
        for (var index = 0; index < BetaArms.Count; index++)
        {
            var landing = TypicalLanding(index);
            var cost = BetaArms.All[index].Route == Route.Fast ? fastCost : standardCost;
            destination[index] = new ArmExpectation(landing, landing * KeptShares[index % BetaArms.SharesCount] - cost);
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<ArmDraw> Explain(in ChoiceContext context, in DrawStream stream)
    {
        var (standardCost, fastCost) = RouteCosts.Of(context);
        var draws = ImmutableArray.CreateBuilder<ArmDraw>(BetaArms.Count);
        for (var index = 0; index < BetaArms.Count; index++)
        {
            var arm = BetaArms.All[index];
            var tip = arm.TipOn(context.Value);
            var probability = Draw(index, stream);
            draws.Add(new ArmDraw
            {
                Index = index,
                Arm = arm,
                Tip = tip,
                Exclusion = TipRange.ExclusionOf(context, tip),
                LandingProbability = probability,
                Score = probability * KeptShares[index % BetaArms.SharesCount]
                    - (arm.Route == Route.Fast ? fastCost : standardCost),
            });
        }
        return draws.MoveToImmutable();
    }

    /// <inheritdoc/>
    public PosteriorDescription Describe()
    {
        var beliefs = ImmutableArray.CreateBuilder<ArmBelief>(BetaArms.Count);
        for (var index = 0; index < BetaArms.Count; index++)
        {
            var belief = BeliefOf(index);
            beliefs.Add(new ArmBelief
            {
                Index = index,
                Arm = BetaArms.All[index],
                OutcomesCount = belief.Alpha - PriorCount + (belief.Beta - PriorCount),
                Mean = belief.Mean,
                Low = belief.Quantile(IntervalTail),
                High = belief.Quantile(1.0 - IntervalTail),
            });
        }
        return new PosteriorDescription { Kind = Kind, Id = Id, Arms = beliefs.MoveToImmutable() };
    }

    private void Increment(GammaLaw[] counts, int arm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(arm);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(arm, BetaArms.Count);
        counts[arm] = new GammaLaw(Math.Min(counts[arm].Shape + 1.0, CountMax));
        _id = null;
    }

    private double Draw(int arm, in DrawStream stream) =>
        stream.At(DrawPurposes.BetaArm + (uint)arm).Beta(_successes[arm], _failures[arm]);
}
