using Mev.Domain.Learning;

namespace Mev.Domain.Auctions.Bidders;

/// <summary>
/// A variant of the product's sampler: each pool has an effect of its own (<see cref="PoolEffects{TPool}"/>) in the
/// place of the moving average of its winning fractions. It knows nothing that the product would not know.
/// </summary>
/// <param name="seed">Seed of the market, from which the random key comes.</param>
/// <param name="terms">How the sampler is set.</param>
public sealed class PooledBidder(ulong seed, FactoredTerms terms) : IBidder
{
    private readonly FactoredSampler _sampler = new(terms);
    private readonly PoolEffects<int> _effects = new();
    private readonly RandomKey _key = SamplerBidder.KeyOf(seed);

    /// <inheritdoc/>
    public AuctionBid Decide(in AuctionView view)
    {
        var context = Known(view);
        var choice = _sampler.Choose(context, new DrawStream(_key, (ulong)view.Chance.Id));
        return choice.IsSkip
            ? AuctionBid.Skip
            : SamplerBidder.BidOf(choice, _sampler.LandingProbability(context, choice.Index));
    }

    /// <inheritdoc/>
    public void Learn(AuctionFeedback feedback)
    {
        var evidence = SamplerBidder.EvidenceOf(feedback, Known(feedback.View));
        _effects.Learn(feedback.View.Chance.Pool, evidence, _sampler);
        _sampler.Apply(evidence);
    }

    /// <summary>What is known of an opportunity, with the pool's effect as it is believed now.</summary>
    private ChoiceContext Known(in AuctionView view)
    {
        var context = SamplerBidder.ContextOf(view);
        return context with
        {
            Features = context.Features with { PoolFraction = 0.0 },
            Offset = _effects.Of(view.Chance.Pool),
        };
    }
}
