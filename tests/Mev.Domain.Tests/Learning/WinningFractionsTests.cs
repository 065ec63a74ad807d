using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class WinningFractionsTests
{
    [Fact]
    public void Averages_move_by_their_weights_and_take_no_more_than_the_bound()
    {
        var fractions = new WinningFractions<int>();
        Assert.Equal((0.5, 0.5), (fractions.Of(3), fractions.Market));
        fractions.Learn(3, 1.0);
        fractions.LearnMarket(9.0);
        Assert.Equal(0.54, fractions.Of(3), 1e-15);
        Assert.Equal(0.5 + 0.03 * 0.7, fractions.Market, 1e-15);
        Assert.Equal(0.5, fractions.Of(4));
    }

    [Fact]
    public void A_pool_beyond_the_bound_stays_at_the_start_and_known_ones_go_on()
    {
        var fractions = new WinningFractions<int>();
        for (var pool = 0; pool <= WinningFractions<int>.PoolsMax; pool++) fractions.Learn(pool, 1.0);
        Assert.Equal(WinningFractions<int>.PoolsMax, fractions.Pools.Count);
        Assert.Equal(0.5, fractions.Of(WinningFractions<int>.PoolsMax));
        fractions.Learn(0, 1.0);
        Assert.True(fractions.Of(0) > fractions.Of(1));
    }

    [Fact]
    public void Averages_as_they_stood_go_on()
    {
        var first = new WinningFractions<int>();
        first.Learn(7, 0.9);
        first.LearnMarket(0.9);
        var again = new WinningFractions<int>(first.Market, first.Pools);
        Assert.Equal((first.Of(7), first.Of(8), first.Market), (again.Of(7), again.Of(8), again.Market));
    }
}
