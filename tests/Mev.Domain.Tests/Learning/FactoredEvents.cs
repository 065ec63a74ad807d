using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>Events and contexts of the factored sampler's tests.</summary>
internal static class FactoredEvents
{
    public static ChoiceContext Context(long value = 4_000_000, byte bin = 0, bool isYoung = false) => new()
    {
        Value = new Lamports(value),
        TipFloor = Arm.TipMin,
        TipCap = new Lamports(long.MaxValue),
        FastRouteCost = new Lamports(100_000),
        Features = FeatureVector.Of(new Lamports(value), 0.3, isYoung, 0.5, 0.5),
        SurvivalBin = bin,
    };

    public static LearningEvent Event(
        LearningEventKind kind, int arm = 57, long atMs = 0, double? winner = null, double? lnValue = null) => new()
        {
            Kind = kind,
            Arm = kind == LearningEventKind.Skipped ? -1 : arm,
            Context = Context(),
            AtMs = atMs,
            WinnerFraction = winner,
            LnValueRatio = lnValue,
        };

    public static double Landing(FactoredSampler sampler, int arm = 57) =>
        sampler.LandingProbability(Context(), arm);

    public static FactoredSampler After(params ReadOnlySpan<LearningEvent> events)
    {
        var sampler = new FactoredSampler(FactoredTerms.Profit);
        foreach (var one in events) sampler.Apply(one);
        return sampler;
    }
}
