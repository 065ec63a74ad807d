using Mev.Domain.Auctions;
using Mev.Domain.Chain;
using Mev.Domain.Evaluation;
using Mev.Domain.Learning;
using Mev.Domain.Tests.Learning;

namespace Mev.Domain.Tests.Evaluation;

/// <summary>Decisions of a factored sampler on small chances, which land by a law that it does not know.</summary>
internal sealed class LoggedMarket(double exploration = 0.2)
{
    private static readonly RandomKey Key = RandomKey.Of("evaluation", 1);

    /// <summary>The sampler that decided; its calibration slice is large, so that few decisions show much.</summary>
    public FactoredSampler Sampler { get; } = Learned(exploration);

    /// <summary>Decisions with what came of them.</summary>
    public List<LoggedDecision> Decisions(ulong seed, int count)
    {
        var stream = MixStream.Of(seed, 2, 0);
        var decisions = new List<LoggedDecision>(count);
        for (var i = 0; i < count; i++)
        {
            var context = FactoredEvents.Context(1_000_000 + (long)(6_000_000 * stream.Uniform()));
            decisions.Add(Decide(context, new DrawStream(Key, seed * 1_000_000 + (ulong)i), stream.Uniform()));
        }
        return decisions;
    }

    /// <summary>One decision; <paramref name="uniform"/> says whether it lands.</summary>
    public LoggedDecision Decide(ChoiceContext context, DrawStream draws, double uniform)
    {
        var choice = Sampler.Choose(context, draws);
        var hasLanded = !choice.IsSkip && uniform < Landing(choice.Arm);
        var cost = choice.Arm.Route == Domain.Bundles.Route.Fast ? context.FastRouteCost : Lamports.Zero;
        return new LoggedDecision
        {
            Context = context,
            Draws = draws,
            Posterior = Sampler.Id,
            Arm = choice.Index,
            Sampled = choice.Best.Arm,
            Candidates = choice.CandidatesCount,
            Exploration = choice.Exploration,
            Net = new Lamports((hasLanded ? context.Value.Value - choice.Tip.Value : 0) - cost.Value),
            HasLanded = hasLanded,
        };
    }

    /// <summary>What play of an arm alone lands of all chances.</summary>
    public static double Landing(Arm arm) => arm.IsNone ? 0.0 : Math.Min(0.95, arm.TipBasisPoints / 10_000.0);

    private static FactoredSampler Learned(double exploration)
    {
        var sampler = new FactoredSampler(FactoredTerms.Profit with { CalibrationShare = exploration });
        for (var i = 0; i < 60; i++)
        {
            var isLanded = i % 2 == 0;
            sampler.Apply(FactoredEvents.Event(
                isLanded ? LearningEventKind.Landed : LearningEventKind.Outbid, arm: 30 + i % 40, atMs: 100 * i,
                winner: isLanded ? null : 0.55, lnValue: isLanded ? 0.0 : null));
        }
        return sampler;
    }
}
