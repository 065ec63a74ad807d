using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// A sampler of the product, as the product calls it: integer tips, frozen features and bins, its own random numbers.
/// </summary>
/// <param name="seed">Seed of the market, from which the random key comes.</param>
/// <param name="sampler">The sampler.</param>
/// <param name="saysLanding">Whether its probability of landing is asked for, which costs a second look.</param>
/// <param name="model">The model whose offset it uses; null for none.</param>
public sealed class SamplerBidder(
    ulong seed, ISampler sampler, bool saysLanding = false, OffsetModel? model = null) : IBidder
{
    private const double LamportsPerSol = 1e9;
    private readonly RandomKey _key = new(MixStream.Mix(seed ^ 0xABCDEF));

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var context = Known(view);
        var choice = sampler.Choose(context, new DrawStream(_key, (ulong)view.Chance.Id));
        if (choice.IsSkip) return AuctionBid.Skip;
        double? landing = saysLanding && sampler is FactoredSampler factored
            ? factored.LandingProbability(context, choice.Index)
            : null;
        return new AuctionBid(
            choice.Arm.Route, choice.Arm.TipBasisPoints / 10_000.0, choice.Tip.Value / LamportsPerSol, choice.Index,
            landing);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback) => sampler.Apply(new LearningEvent
    {
        Kind = feedback.Outcome.Kind,
        Arm = feedback.Bid.Arm,
        Context = Known(feedback.View),
        AtMs = feedback.AtMs,
        WinnerFraction = feedback.WinnerFraction,
        LnValueRatio = feedback.LnValueRatio,
    });

    /// <summary>What the product would know of an opportunity of the simulator.</summary>
    public static ChoiceContext ContextOf(in AuctionView view)
    {
        var chance = view.Chance;
        var value = new Lamports((long)Math.Round(chance.SeenValueSol * LamportsPerSol));
        return new ChoiceContext
        {
            Value = value,
            TipFloor = Arm.TipMin,
            TipCap = new Lamports(long.MaxValue),
            FastRouteCost = new Lamports((long)(AuctionTerms.FastCostSol * LamportsPerSol)),
            Features = FeatureVector.Of(
                value, chance.SeenCongestion, chance.IsYoung, view.PoolFraction, view.MarketFraction),
            SurvivalBin = FeatureVector.SurvivalBin(chance.SeenCongestion, chance.SlotPosition),
        };
    }

    private ChoiceContext Known(in AuctionView view)
    {
        var context = ContextOf(view);
        return model is null
            ? context
            : context with { Offset = model.OffsetOf(context.Features, view.Chance.SlotPosition) };
    }
}
