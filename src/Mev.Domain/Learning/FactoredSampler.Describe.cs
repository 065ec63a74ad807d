using System.Collections.Immutable;

namespace Mev.Domain.Learning;

/// <content>The belief and its draws for people.</content>
public sealed partial class FactoredSampler
{
    private const int DescribedDraws = 256;
    private const double IntervalTail = 0.05;
    private const double NormalTail = 1.6448536269514722; // 95 % quantile of the standard normal
    private const int TailDraws = 13; // of 256 in order: 5 % on either side

    private static readonly string[] FeatureNames =
        ["constant", "size", "congestion", "young pool", "pool's fraction", "market's fraction", "large size"];

    private static readonly string[] RouteNames = ["standard", "fast"];
    private static readonly string[] SurvivalNames =
        ["calm", "congested", "late in the slot", "congested and late in the slot"];

    private static readonly string[] AgeNames = ["old", "young"];

    /// <inheritdoc/>
    public ImmutableArray<ArmDraw> Explain(in ChoiceContext context, in DrawStream stream)
    {
        var costs = RouteCosts.Of(context);
        var draw = new FactoredDraw(
            _posterior, context, stream, FactoredDraw.KappaOf(Math.Max(1, context.Value.Value)),
            stackalloc double[FactoredDraw.ScratchLength], _terms.DrawsRivals);
        var draws = ImmutableArray.CreateBuilder<ArmDraw>(FactoredArms.Count);
        for (var index = 0; index < FactoredArms.Count; index++)
        {
            var (share, route) = (index / FactoredArms.RoutesCount, index % FactoredArms.RoutesCount);
            var arm = FactoredArms.All[index];
            var tip = arm.TipOn(context.Value);
            draws.Add(new ArmDraw
            {
                Index = index,
                Arm = arm,
                Tip = tip,
                Exclusion = TipRange.ExclusionOf(context, tip),
                LandingProbability = draw.Landing(share, route),
                Score = draw.Score(draw.Promise(share), route, route == 0 ? costs.Standard : costs.Fast),
            });
        }
        return draws.MoveToImmutable();
    }

    /// <summary>
    /// The belief of each arm's landing on a typical opportunity: every feature at its mean, the first survival bin.
    /// Outcomes are those fed for the arm's route, since arms share the rest of their evidence.
    /// </summary>
    public PosteriorDescription Describe()
    {
        var landings = Typical();
        var beliefs = ImmutableArray.CreateBuilder<ArmBelief>(FactoredArms.Count);
        for (var index = 0; index < FactoredArms.Count; index++)
        {
            var route = index % FactoredArms.RoutesCount;
            var ofArm = landings[index];
            Array.Sort(ofArm);
            beliefs.Add(new ArmBelief
            {
                Index = index,
                Arm = FactoredArms.All[index],
                OutcomesCount = _posterior.InTime.Successes[route] + _posterior.InTime.Failures[route] - 3.0,
                Mean = ofArm.Sum() / DescribedDraws,
                Low = ofArm[TailDraws - 1],
                High = ofArm[^TailDraws],
            });
        }
        return new PosteriorDescription
        {
            Kind = Kind,
            Id = Id,
            Arms = beliefs.MoveToImmutable(),
            Factors = [.. Factors()],
        };
    }

    private IEnumerable<PosteriorFactor> Factors()
    {
        for (var i = 0; i < LocationLaw.Length; i++)
        {
            var deviation = Math.Sqrt(_posterior.Location.Covariance[LocationLaw.At(i, i)]);
            yield return Normal($"ln rival bid share: {FeatureNames[i]}", _posterior.Location.Mean[i], deviation, null);
        }
        for (var route = 0; route < FactoredArms.RoutesCount; route++)
            yield return Counted($"in time: {RouteNames[route]} route", _posterior.InTime, route);
        for (var bin = 0; bin < FactoredPosterior.SurvivalBins; bin++)
            yield return Counted($"survival: {SurvivalNames[bin]}", _posterior.Survival, bin);
        for (var bin = 0; bin < ValueErrorLaw.BinsCount; bin++)
        {
            var (mean, weight) = (_posterior.ValueError.Mean[bin], _posterior.ValueError.Weight[bin]);
            var deviation = Math.Sqrt(_posterior.ValueError.Variance[bin] / weight);
            yield return Normal($"ln realised over estimated: {AgeNames[bin]} pools", mean, deviation, weight);
        }
        if (_terms.LandRateTarget is not null) yield return Normal("bonus on a landing", Dual, 0.0, null);
    }

    private static PosteriorFactor Normal(string name, double mean, double deviation, double? count) => new()
    {
        Name = name,
        Mean = mean,
        Low = mean - NormalTail * deviation,
        High = mean + NormalTail * deviation,
        Count = count,
    };

    private static PosteriorFactor Counted(string name, BetaPairs pairs, int index)
    {
        var law = new BetaLaw(pairs.Successes[index], pairs.Failures[index]);
        return new PosteriorFactor
        {
            Name = name,
            Mean = law.Mean,
            Low = law.Quantile(IntervalTail),
            High = law.Quantile(1.0 - IntervalTail),
            Count = law.Alpha + law.Beta,
        };
    }

    /// <summary>Landing probabilities by arm in draws that are the same for the same belief.</summary>
    private double[][] Typical()
    {
        var landings = new double[FactoredArms.Count][];
        for (var arm = 0; arm < FactoredArms.Count; arm++) landings[arm] = new double[DescribedDraws];
        Span<double> scratch = stackalloc double[FactoredDraw.ScratchLength];
        for (var k = 0; k < DescribedDraws; k++)
        {
            var draw = new FactoredDraw(_posterior, default, new DrawStream(default, (ulong)k), 1.0, scratch);
            for (var arm = 0; arm < FactoredArms.Count; arm++)
                landings[arm][k] = draw.Landing(arm / FactoredArms.RoutesCount, arm % FactoredArms.RoutesCount);
        }
        return landings;
    }
}
