using Mev.Adapters.Paper;
using Mev.Adapters.Tests.Feed;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

/// <summary>The <see cref="PaperMarket"/> as a feed, with landings among its batches.</summary>
public sealed class PaperMarketFeedTests : MarketFeedContract
{
    protected override IMarketFeed NewFeed()
    {
        PaperMarket market = Paper.Over(TwoPools.Open().At(101).Swap(TwoPools.Fourth, SwapDirection.AToB, 5_000_000)
            .At(102).Swap(TwoPools.First, SwapDirection.BToA, 3_000_000)
            .At(103).Write(TwoPools.Second, TwoPools.Deep / 100 * 104, TwoPools.Deep)
            .At(104).Swap(TwoPools.Second, SwapDirection.AToB, 3_000_000));
        market.Submit(Paper.Order(1, 102, TwoPools.Cycle));
        market.Submit(Paper.Order(2, 104, TwoPools.WayRound));
        return market;
    }
}
