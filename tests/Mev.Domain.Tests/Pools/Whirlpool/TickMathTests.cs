using Mev.Domain.Pools.Whirlpool;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class TickMathTests
{
    [Fact]
    public void The_bounds_have_the_programs_prices()
    {
        Assert.Equal(UInt128.Parse("4295048016"), TickMath.PriceAt(TickMath.TickMin));
        Assert.Equal(UInt128.Parse("79226673515401279992447579055"), TickMath.PriceAt(TickMath.TickMax));
        Assert.Equal(TickMath.PriceAt(TickMath.TickMin), TickMath.SqrtPriceMin);
        Assert.Equal(TickMath.PriceAt(TickMath.TickMax), TickMath.SqrtPriceMax);
        Assert.Equal(UInt128.One << 64, TickMath.PriceAt(0));
    }

    [Fact]
    public void Prices_rise_with_every_tick_and_lead_back_to_it()
    {
        var last = UInt128.Zero;
        for (var tick = TickMath.TickMin; tick <= TickMath.TickMax; tick++)
        {
            var price = TickMath.PriceAt(tick);
            if (price <= last) Assert.Fail($"tick {tick} is not dearer than the one below");
            last = price;
            if (tick % 7 != 0) continue;
            if (TickMath.TickAt(price) != tick) Assert.Fail($"price of tick {tick} leads to another");
            if (tick > TickMath.TickMin && TickMath.TickAt(price - 1) != tick - 1)
                Assert.Fail($"just below tick {tick} is not the tick below");
        }
    }

    [Theory]
    [InlineData(TickMath.TickMin - 1)]
    [InlineData(TickMath.TickMax + 1)]
    public void A_tick_out_of_bounds_has_no_price(int tick) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TickMath.PriceAt(tick));

    [Fact]
    public void A_price_out_of_bounds_has_no_tick()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TickMath.TickAt(TickMath.SqrtPriceMin - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TickMath.TickAt(TickMath.SqrtPriceMax + 1));
    }
}
