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
    private readonly RandomKey _key = KeyOf(seed);

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var context = Known(view);
        var choice = sampler.Choose(context, new DrawStream(_key, (ulong)view.Chance.Id));
        if (choice.IsSkip) return AuctionBid.Skip;
        double? landing = saysLanding && sampler is FactoredSampler factored
            ? factored.LandingProbability(context, choice.Index)
            : null;
        return BidOf(choice, landing);
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback) => sampler.Apply(EvidenceOf(feedback, Known(feedback.View)));

    /// <summary>The random key of a market's seed.</summary>
    internal static RandomKey KeyOf(ulong seed) => new(MixStream.Mix(seed ^ 0xABCDEF));

    /// <summary>The bid of a choice that is no skip.</summary>
    internal static AuctionBid BidOf(in ArmChoice choice, double? landing) => new(
        choice.Arm.Route, choice.Arm.TipBasisPoints / 10_000.0, choice.Tip.Value / LamportsPerSol, choice.Index,
        landing);

    /// <summary>What the product would learn of a feedback, with what was known of the opportunity.</summary>
    internal static LearningEvent EvidenceOf(AuctionFeedback feedback, in ChoiceContext context) => new()
    {
        Kind = feedback.Outcome.Kind,
        Arm = feedback.Bid.Arm,
        Context = context,
        AtMs = feedback.AtMs,
        WinnerFraction = feedback.WinnerFraction,
        LnValueRatio = feedback.LnValueRatio,
    };

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
