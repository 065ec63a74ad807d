using Mev.Domain.Pools.RaydiumClmm;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

public sealed class RaydiumTickMathTests
{
    [Fact]
    public void The_bounds_have_the_programs_prices()
    {
        Assert.Equal(UInt128.Parse("4295048016"), RaydiumTickMath.PriceAt(RaydiumTickMath.TickMin));
        Assert.Equal(
            UInt128.Parse("79226673521066979257578248091"), RaydiumTickMath.PriceAt(RaydiumTickMath.TickMax));
        Assert.Equal(RaydiumTickMath.PriceAt(RaydiumTickMath.TickMin), RaydiumTickMath.SqrtPriceMin);
        Assert.Equal(RaydiumTickMath.PriceAt(RaydiumTickMath.TickMax), RaydiumTickMath.SqrtPriceMax);
        Assert.Equal(UInt128.One << 64, RaydiumTickMath.PriceAt(0));
    }

    [Fact]
    public void Prices_rise_with_every_tick_and_lead_back_to_it()
    {
        var last = UInt128.Zero;
        for (var tick = RaydiumTickMath.TickMin; tick <= RaydiumTickMath.TickMax; tick++)
        {
            var price = RaydiumTickMath.PriceAt(tick);
            if (price <= last) Assert.Fail($"tick {tick} is not dearer than the one below");
            last = price;
            if (tick % 7 != 0) continue;
            if (RaydiumTickMath.TickAt(price) != tick) Assert.Fail($"price of tick {tick} leads to another");
            if (tick > RaydiumTickMath.TickMin && RaydiumTickMath.TickAt(price - 1) != tick - 1)
                Assert.Fail($"just below tick {tick} is not the tick below");
        }
    }

    [Fact]
    public void Beyond_the_bounds_there_is_no_price_and_no_tick()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RaydiumTickMath.PriceAt(RaydiumTickMath.TickMin - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RaydiumTickMath.PriceAt(RaydiumTickMath.TickMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RaydiumTickMath.TickAt(RaydiumTickMath.SqrtPriceMin - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RaydiumTickMath.TickAt(RaydiumTickMath.SqrtPriceMax + 1));
    }
}
