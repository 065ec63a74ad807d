using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Fixtures.Cycles;

namespace Mev.Domain.Tests.Cycles;

/// <summary>What bounds a size: capital, ticks, the end of a pool, a pool that refuses, a fee with a cap.</summary>
public sealed class CycleSizerLimitTests
{
    private static readonly Pubkey Other = Universe.Mint(1);

    [Fact]
    public void Two_constant_products_need_one_piece_and_few_quotes()
    {
        var (index, pools) = Build(Product(1, 1_000_000_000, 2_000_000_000), Product(2, 1_100_000_000, 2_000_000_000));
        var sized = Best(index, pools, new SizingLimits());
        Assert.Equal(SizingCertificate.Bound, sized.Certificate);
        Assert.Equal(1, sized.Pieces);
        Assert.InRange(sized.ExactQuotes, 2, 12);
        Assert.InRange(sized.GapUnits, 0, 60);
        Assert.Equal(sized.Hops[0].AmountOut, sized.Hops[1].AmountIn);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(3_333_333)]
    public void No_more_goes_in_than_the_capital_at_hand(ulong inputMax)
    {
        var (index, pools) = Build(Product(1, 1_000_000_000, 2_000_000_000), Product(2, 1_100_000_000, 2_000_000_000));
        var free = Best(index, pools, new SizingLimits());
        Assert.True(free.AmountIn.Units > inputMax);
        var sized = Best(index, pools, new SizingLimits { InputMax = new TokenAmount(inputMax) });
        var (_, profit) = new BruteForce(index, sized.Cycle, pools, default).Exhaust(inputMax);
        Assert.InRange(sized.AmountIn.Units, 1UL, inputMax);
        Assert.InRange((long)profit - sized.ProfitUnits, 0, 20 + (long)profit / 10_000);
    }

    [Fact]
    public void A_pool_that_ends_before_the_optimum_is_used_to_its_end()
    {
        LadderPool.Rung[] there = [new LadderPool.Rung(100_000, 1_000_000_000, 2_000_000_000)];
        LadderPool.Rung[] back = [new LadderPool.Rung(100_000, 2_000_000_000, 1_000_000_000)];
        var ends = LadderPool.Of(Id(1), Mints.Wsol, Other, 3_000, there, back);
        var (index, pools) = Build(ends, Product(2, 1_100_000_000, 2_000_000_000));
        var sized = Best(index, pools, new SizingLimits());
        var (input, profit) = new BruteForce(index, sized.Cycle, pools, default).Exhaust(120_000);
        Assert.InRange(input, 99_000UL, 100_000UL);
        Assert.InRange((long)profit - sized.ProfitUnits, 0, 20);
    }

    [Fact]
    public void No_more_ticks_are_crossed_than_allowed()
    {
        var rungs = Enumerable.Range(0, 40).Select(i =>
            new LadderPool.Rung(100_000, 1_000_000_000 + 100_000UL * (ulong)i, 2_000_000_000 - 200_000UL * (ulong)i));
        LadderPool.Rung[] back = [new LadderPool.Rung(100_000, 2_000_000_000, 1_000_000_000)];
        var ladder = LadderPool.Of(Id(1), Mints.Wsol, Other, 500, [.. rungs], back);
        var (index, pools) = Build(ladder, Product(2, 1_100_000_000, 2_000_000_000));
        var free = Best(index, pools, new SizingLimits());
        Assert.True(free.TicksCrossed > 7);
        var sized = Best(index, pools, new SizingLimits { TicksCrossedMax = 7 });
        Assert.Equal(7, sized.TicksCrossed);
        Assert.InRange(sized.AmountIn.Units, 799_000UL, 800_000UL);
    }

    [Fact]
    public void A_pool_that_cannot_be_quoted_gives_no_size()
    {
        var refuses = LadderPool.Of(Id(1), Mints.Wsol, Other, 3_000, [], []);
        var (index, pools) = Build(refuses, Product(2, 1_100_000_000, 2_000_000_000));
        var sized = new SizedCycle();
        var sizer = new CycleSizer(new SizingLimits());
        for (var cycle = 0; cycle < index.CycleCount; cycle++)
            Assert.False(sizer.Size(index, cycle, pools, default, sized));
        Assert.Equal(0, sized.Hops.Length);
        Assert.Equal(0, sized.ProfitUnits);
    }

    [Fact]
    public void A_fee_with_a_cap_is_seen_past_its_kink()
    {
        var capped = new CappedFeePool(Id(1), Mints.Wsol, Other, 10_000_000, 21_000_000);
        var (index, pools) = Build(capped, Product(2, 10_000_000, 20_000_000));
        var sized = Best(index, pools, new SizingLimits());
        var (input, profit) = new BruteForce(index, sized.Cycle, pools, default).Exhaust(1_000_000);
        Assert.True(input > 20_000, "the optimum lies past the kink, where the slope at 0 says that nothing pays");
        Assert.True(profit > 0);
        Assert.InRange((long)profit - sized.ProfitUnits, 0, 20);
    }

    [Fact]
    public void Sizing_allocates_nothing()
    {
        var universe = Universe.Generate(3, 6, 14, spread: 1.4);
        var index = CycleIndex.Build(universe, new CycleScope());
        var pools = Universe.ByNumber(index, universe);
        var (sizer, sized, paying) = (new CycleSizer(new SizingLimits()), new SizedCycle(), 0);
        void SizeAll()
        {
            for (var cycle = 0; cycle < index.CycleCount; cycle++)
                if (sizer.Size(index, cycle, pools, default, sized)) paying++;
        }
        SizeAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        SizeAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(paying > 0);
    }

    private static SizedCycle Best(CycleIndex index, Pool[] pools, SizingLimits limits)
    {
        var sizer = new CycleSizer(limits);
        var sized = Enumerable.Range(0, index.CycleCount).Select(cycle =>
        {
            var result = new SizedCycle();
            sizer.Size(index, cycle, pools, default, result);
            return result;
        }).MaxBy(result => result.ProfitUnits)!;
        Assert.True(sized.ProfitUnits > 0);
        return sized;
    }

    private static (CycleIndex Index, Pool[] Pools) Build(Pool first, Pool second)
    {
        var index = CycleIndex.Build([first, second], new CycleScope());
        Assert.Equal(2, index.CycleCount);
        return (index, Universe.ByNumber(index, [first, second]));
    }

    private static PoolId Id(ulong number) => new(Universe.Key(3, number));

    private static LadderPool Product(ulong number, ulong wsol, ulong other) =>
        LadderPool.Product(Id(number), Mints.Wsol, Other, 3_000, wsol, other);
}
