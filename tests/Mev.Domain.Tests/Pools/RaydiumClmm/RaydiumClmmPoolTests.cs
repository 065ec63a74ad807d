using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.RaydiumClmmBytes;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

public sealed class RaydiumClmmPoolTests
{
    private static readonly TokenAmount Million = new(1_000_000);
    private static readonly TokenAmount Much = new(60_000_000_000); // crosses a tick 600 away at the usual liquidity

    [Fact]
    public void A_quote_takes_the_fee_and_rounds_against_the_trader()
    {
        // 997,500 after the fee; at L = 10^12 and price 1 the output is floor(997,500 / (1 + 997,500 / 10^12)).
        var pool = new RaydiumClmmBytes().Pool();
        Assert.Equal(Quote.Of(1_000_000, 997_499), In(pool, SwapDirection.AToB, Million));
        Assert.Equal(Quote.Of(1_000_000, 997_499), In(pool, SwapDirection.BToA, Million));
    }

    [Fact]
    public void Amounts_that_come_to_nothing_are_refused_with_the_programs_name()
    {
        var pool = new RaydiumClmmBytes().Pool();
        Assert.Equal(QuoteError.ZeroAmount, In(pool, SwapDirection.AToB, default).Error);
        Assert.Equal(QuoteError.ZeroResult, In(pool, SwapDirection.AToB, new TokenAmount(1)).Error);
        Assert.Equal(
            "TooSmallInputOrOutputAmount:6026", QuoteErrors.ProgramName(Protocol.RaydiumClmm, QuoteError.ZeroResult));
        var end = In(pool, SwapDirection.BToA, new TokenAmount(ulong.MaxValue / 2));
        Assert.Equal(
            "LiquidityInsufficient:6019", QuoteErrors.ProgramName(Protocol.RaydiumClmm, end.Error));
    }

    [Fact]
    public void A_limit_must_lie_ahead_and_within_the_bounds()
    {
        var pool = new RaydiumClmmBytes().Pool();
        foreach (var limit in new[] { pool.SqrtPrice, pool.SqrtPrice + 1, RaydiumTickMath.SqrtPriceMin })
            Assert.Equal(QuoteError.SqrtPriceOutOfBounds, Limited(pool, SwapDirection.AToB, limit).Error);
        foreach (var limit in new[] { pool.SqrtPrice, pool.SqrtPrice - 1, RaydiumTickMath.SqrtPriceMax })
            Assert.Equal(QuoteError.SqrtPriceOutOfBounds, Limited(pool, SwapDirection.BToA, limit).Error);
        var ended = Limited(pool, SwapDirection.BToA, pool.SqrtPrice + (1UL << 40));
        Assert.Equal((QuoteError.None, pool.SqrtPrice + (1UL << 40)), (ended.Error, ended.SqrtPrice));
        Assert.InRange(ended.AmountIn, 1UL, Much.Units);
    }

    [Fact]
    public void A_swap_that_reaches_the_last_price_of_all_is_not_filled()
    {
        // Up to the highest price the pool has one and a half units of A.
        var pool = new RaydiumClmmBytes
        {
            Spacing = 4, // divides the highest tick
            TradeRate = 0,
            Liquidity = 6_590_000_000,
            SqrtPrice = RaydiumTickMath.PriceAt(430_000),
            Ticks = [(RaydiumTickMath.TickMax, -6_590_000_000)],
        }.Pool();
        var one = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(1), PoolChecks.Clock);
        Assert.Equal((QuoteError.None, 1UL), (one.Error, one.AmountOut.Units));
        var two = pool.QuoteExactOut(SwapDirection.BToA, new TokenAmount(2), PoolChecks.Clock);
        Assert.Equal("RequireEqViolated:2501", QuoteErrors.ProgramName(Protocol.RaydiumClmm, two.Error));
    }

    [Fact]
    public void A_quote_depends_on_pool_config_extension_and_the_arrays_of_its_instruction()
    {
        var bytes = new RaydiumClmmBytes
        {
            Ticks = [(-3_600, 1), (600, 1), (3_600, 1), (36_000, 1), (399_600, 1)],
        };
        var pool = bytes.Pool();
        Assert.Equal([PoolKey, Config, ArrayKey(0), ArrayKey(-3_600)], Keys(pool, SwapDirection.AToB));
        Assert.Equal(
            [PoolKey, Config, ArrayKey(0), ArrayKey(3_600), ArrayKey(36_000), ArrayKey(399_600)],
            Keys(pool, SwapDirection.BToA));
        (int, Int128)[] near = [(1, 1), (60, 1), (120, 1), (180, 1), (240, 1), (300, 1)];
        var narrow = (bytes with { Spacing = 1, Ticks = near }).Pool();
        Assert.Equal(
            [PoolKey, Config, Extension, ArrayKey(0), ArrayKey(60), ArrayKey(120), ArrayKey(180), ArrayKey(240)],
            Keys(narrow, SwapDirection.BToA));
        Assert.Equal(QuoteError.NotEnoughTickArrays, In(narrow, SwapDirection.BToA, new TokenAmount(1UL << 62)).Error);
    }

    [Fact]
    public void What_it_depends_on_is_enough_to_quote_the_same()
    {
        var bytes = new RaydiumClmmBytes
        {
            Spacing = 1,
            SqrtPrice = RaydiumTickMath.PriceAt(40_000),
            Ticks = [(39_000, 5), (39_990, 7_000), (40_010, -4_000), (40_100, -3_000), (41_000, -5)],
        };
        var pool = bytes.Pool();
        foreach (var direction in Enum.GetValues<SwapDirection>())
        {
            var keys = Keys(pool, direction);
            var again = new RaydiumClmmPool(new PoolId(PoolKey));
            foreach (var write in bytes.Writes().Where(write => keys.Contains(write.Key))) again.Apply(write);
            Assert.Equal(In(pool, direction, Million), In(again, direction, Million));
            Assert.True(In(again, direction, Million).IsOk);
        }
    }

    [Fact]
    public void A_copy_quotes_the_same_follows_its_source_and_keeps_its_own_bytes()
    {
        var bytes = new RaydiumClmmBytes();
        var source = bytes.Pool();
        var copy = (RaydiumClmmPool)source.NewEmpty();
        copy.CopyFrom(source);
        AssertSame(source, copy);

        source.Apply(TokenBytes.Write(
            PoolKey, Programs.RaydiumClmm, (bytes with { Liquidity = 1_100_000_000_000 }).PoolBytes(), version: 2));
        Assert.NotEqual(source.Liquidity, copy.Liquidity);
        copy.CopyFrom(source);
        AssertSame(source, copy);

        var before = PoolChecks.Bytes(source);
        Assert.Equal(1, copy.Execute(SwapDirection.BToA, Much, PoolChecks.Clock, writeVersion: 4).TicksCrossed);
        Assert.Equal(before, PoolChecks.Bytes(source));
        copy.CopyFrom(source);
        AssertSame(source, copy);
    }

    [Fact]
    public void Quoting_copying_and_pool_writes_allocate_nothing()
    {
        PoolChecks.AllocatesNothing(new RaydiumClmmBytes().Pool());
        var bytes = new RaydiumClmmBytes
        {
            Spacing = 10,
            Ticks = [.. Enumerable.Range(-150, 300).Select(place => (10 * place, (Int128)place))],
        };
        var pool = bytes.Pool();
        var copy = pool.NewEmpty();
        var (one, two) = (bytes.PoolBytes(), (bytes with { SqrtPrice = RaydiumTickMath.PriceAt(700) }).PoolBytes());
        var segments = new CurveSegment[64];
        var accounts = new PoolAccount[8];
        var far = new TokenAmount(20_000_000_000);
        PoolChecks.AllocatesNothing(() =>
        {
            for (var round = 0; round < 200; round++) Use();
        });

        void Use()
        {
            pool.Apply(TokenBytes.Write(PoolKey, Programs.RaydiumClmm, two, version: 2));
            copy.CopyFrom(pool);
            pool.Apply(TokenBytes.Write(PoolKey, Programs.RaydiumClmm, one, version: 3));
            copy.CopyFrom(pool);
            for (var direction = SwapDirection.AToB; direction <= SwapDirection.BToA; direction++)
            {
                var isOk = copy.QuoteExactIn(direction, Million, PoolChecks.Clock).IsOk
                    && copy.QuoteExactIn(direction, far, PoolChecks.Clock).TicksCrossed > 10
                    && copy.QuoteExactOut(direction, far, PoolChecks.Clock).TicksCrossed > 10
                    && ((RaydiumClmmPool)copy).Swap(direction, Million, isExactIn: false, PoolChecks.Clock).Error
                        == QuoteError.None
                    && copy.MarginalRate(direction) > 0
                    && copy.FillCurve(direction, segments) > 10
                    && copy.DependsOn(direction, accounts) > 1;
                if (!isOk) Assert.Fail("a quote failed");
            }
        }
    }

    [Fact]
    public void More_crossings_than_fit_a_transaction_are_refused()
    {
        var ticks = Enumerable.Range(-120, 240).Select(tick => (tick, (Int128)1)).ToArray();
        var pool = new RaydiumClmmBytes { Spacing = 1, Ticks = ticks, SqrtPrice = RaydiumTickMath.PriceAt(60) }.Pool();
        var amount = new TokenAmount(4_500_000_000);
        var swap = pool.Swap(SwapDirection.AToB, amount, isExactIn: true, PoolChecks.Clock);
        Assert.Equal(QuoteError.None, swap.Error);
        Assert.InRange(swap.TicksCrossed, 81, 120);
        var quote = In(pool, SwapDirection.AToB, amount);
        Assert.Equal((QuoteError.TooManyCrossings, swap.TicksCrossed), (quote.Error, quote.TicksCrossed));
    }

    private static Quote In(RaydiumClmmPool pool, SwapDirection direction, TokenAmount amount) =>
        pool.QuoteExactIn(direction, amount, PoolChecks.Clock);

    private static RaydiumClmmSwap Limited(RaydiumClmmPool pool, SwapDirection direction, UInt128 limit) =>
        pool.Swap(direction, Much, isExactIn: true, PoolChecks.Clock, limit);

    private static Pubkey[] Keys(RaydiumClmmPool pool, SwapDirection direction)
    {
        var accounts = new PoolAccount[8];
        return [.. accounts[..pool.DependsOn(direction, accounts)].Select(account => account.Key)];
    }

    private static void AssertSame(RaydiumClmmPool one, RaydiumClmmPool other)
    {
        Assert.Equal(one.Defect, other.Defect);
        Assert.Equal((one.MintA, one.MintB, one.Slot), (other.MintA, other.MintB, other.Slot));
        Assert.Equal(PoolChecks.Bytes(one), PoolChecks.Bytes(other));
        foreach (var direction in Enum.GetValues<SwapDirection>())
        {
            Assert.Equal(
                one.Swap(direction, Much, isExactIn: true, PoolChecks.Clock),
                other.Swap(direction, Much, isExactIn: true, PoolChecks.Clock));
            Assert.Equal(one.MarginalRate(direction), other.MarginalRate(direction));
        }
    }
}
