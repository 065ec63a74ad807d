using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Learning;
using Mev.Domain.Models;

namespace Mev.Training;

/// <summary>Rows of the simulated market with assumed rivals, where there is no store to read.</summary>
public static class MarketRows
{
    /// <summary>What the product's sampler heard in one seed's market.</summary>
    /// <param name="seed">Of the market.</param>
    /// <param name="opportunities">How many it decided upon.</param>
    public static IReadOnlyList<TrainingRow> Of(ulong seed, int opportunities)
    {
        var bidder = new RecordingBidder(new SamplerBidder(seed, new FactoredSampler(FactoredTerms.Profit)));
        new AuctionRun(seed, new AuctionTerms(), bidder).Play(opportunities);
        return bidder.Rows;
    }
}
