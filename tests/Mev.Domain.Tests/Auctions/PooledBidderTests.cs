using Mev.Domain.Auctions;
using Mev.Domain.Auctions.Bidders;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Auctions;

/// <summary>
/// The variant with an effect for each pool. A simulator with assumed rivals: no figure here forecasts mainnet.
/// </summary>
public sealed class PooledBidderTests
{
    private const int Horizon = 6_000;
    private static readonly ulong[] Seeds = [50_000, 50_001, 50_002, 50_003];
    private static readonly FactoredTerms Floor = FactoredTerms.Floor with { CalibrationShare = 0.0 };
    private static readonly FactoredTerms ByMeans = Floor with { DrawsRivals = false };

    [Fact]
    public void A_run_repeats_to_the_bit_and_differs_by_seed()
    {
        var first = Played(3, 800, new PooledBidder(3, ByMeans));
        Assert.Equal(first, Played(3, 800, new PooledBidder(3, ByMeans)));
        Assert.NotEqual(first, Played(3, 800, new PooledBidder(4, ByMeans)));
    }

    [Fact]
    public void Deciding_and_learning_allocate_nothing()
    {
        var listener = new Listener(new PooledBidder(5, ByMeans));
        Played(5, 1_500, listener);
        listener.Repeat(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bids = listener.Repeat(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(bids > 0);
    }

    [Fact]
    public void At_the_floor_it_earns_more_and_lands_no_less()
    {
        var (specified, variant) = (Norms(Specified), Norms(seed => new PooledBidder(seed, ByMeans)));
        Assert.InRange(variant.Norm / specified.Norm, 1.01, 1.12);
        Assert.InRange(variant.Landed - specified.Landed, -0.015, 0.015);
    }

    [Fact]
    public void With_pools_exchanged_by_chance_the_lead_is_lost()
    {
        var (specified, mixed) = (Norms(Specified), Norms(seed => new Mixed(new PooledBidder(seed, ByMeans))));
        Assert.True(mixed.Norm / specified.Norm < 1.01);
    }

    private static SamplerBidder Specified(ulong seed) => new(seed, new FactoredSampler(Floor));

    private static (double Norm, double Landed) Norms(Func<ulong, IBidder> bidder)
    {
        var tallies = Seeds.Select(seed => Played(seed, Horizon, bidder(seed))).ToArray();
        return (tallies.Average(tally => tally.Normalised), tallies.Average(tally => tally.LandRate));
    }

    private static AuctionTally Played(ulong seed, int count, IBidder bidder) =>
        new AuctionRun(seed, new AuctionTerms(), bidder).Play(count);

    /// <summary>Shows its bidder another pool than the opportunity has, the same in decision and feedback.</summary>
    private sealed class Mixed(IBidder bidder) : IBidder
    {
        public AuctionBid Decide(in AuctionView view) => bidder.Decide(Elsewhere(view));

        public void Learn(AuctionFeedback feedback) =>
            bidder.Learn(feedback with { View = Elsewhere(feedback.View) });

        private static AuctionView Elsewhere(in AuctionView view) =>
            view with { Chance = view.Chance with { Pool = view.Chance.Id % ChanceStream.PoolsCount } };
    }

    /// <summary>Keeps what its bidder was asked and heard, to ask and say it again.</summary>
    private sealed class Listener(IBidder bidder) : IBidder
    {
        private readonly List<AuctionView> _views = [];
        private readonly List<AuctionFeedback> _feedback = [];

        public AuctionBid Decide(in AuctionView view)
        {
            _views.Add(view);
            return bidder.Decide(view);
        }

        public void Learn(AuctionFeedback feedback)
        {
            _feedback.Add(feedback);
            bidder.Learn(feedback);
        }

        public int Repeat(int count)
        {
            var bids = 0;
            for (var i = 0; i < count; i++)
            {
                if (!bidder.Decide(_views[i]).IsSkip) bids++;
                bidder.Learn(_feedback[i]);
            }
            return bids;
        }
    }
}
