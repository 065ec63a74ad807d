using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Whirlpool;
using static Mev.Domain.Tests.Pools.Whirlpool.WhirlpoolVectors;

namespace Mev.Domain.Tests.Pools.Whirlpool;

public sealed class WhirlpoolSwapTests
{
    private static readonly Gen<(WhirlpoolBytes Bytes, (int Tick, Int128 Net)[] Ticks)> Pool =
        from spacing in OneOf(1, 2, 8, 64, 128, 32896)
        from tick in Gen.OneOf(Gen.Int[-2000, 2000], Gen.Int[-443_630, 443_630])
        from part in Gen.ULong
        from liquidityBits in Gen.Int[0, 100]
        from liquidityPart in Gen.ULong
        from feeRate in OneOf(0, 100, 3000, 65535)
        from places in Gen.Int[-260, 260].HashSet[0, 12]
        from nets in Gen.Double[-0.4, 1.0].Array[12]
        let low = TickMath.PriceAt(tick)
        let liquidity = liquidityBits == 0 ? 0 : (UInt128.One << liquidityBits) | Low(liquidityPart, liquidityBits)
        let center = (int)Math.Floor((double)tick / spacing)
        select (
            new WhirlpoolBytes
            {
                Spacing = spacing,
                FeeRate = feeRate,
                Liquidity = liquidity,
                SqrtPrice = low + part % (TickMath.PriceAt(tick + 1) - low),
            },
            places.Select(place => (long)(center + place) * spacing)
                .Where(index => index is >= TickMath.TickMin and <= TickMath.TickMax)
                .Zip(nets, (index, net) => ((int)index, (Int128)(net * (double)liquidity)))
                .ToArray());

    private static readonly Gen<ulong> Amount =
        Gen.Select(Gen.Int[0, 63], Gen.ULong, (bits, part) => (1UL << bits) | Low(part, bits));

    [Fact]
    public void The_fast_walk_equals_the_slow_one_in_big_integers()
    {
        var (succeeded, crossed) = (0, 0);
        Gen.Select(Pool, Amount, Gen.Bool, Gen.Bool).Sample((pool, amount, isDown, isExactIn) =>
        {
            var expected = new WhirlpoolReference(pool.Bytes, pool.Ticks).Swap(isDown, isExactIn, amount);
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var real = pool.Bytes.Pool(pool.Ticks);
            var swap = real.Swap(direction, new TokenAmount(amount), isExactIn);
            Assert.Equal(expected.Error, swap.Error);
            Assert.Equal(
                (expected.AmountIn, expected.AmountOut, expected.SqrtPrice, expected.Liquidity, expected.TicksCrossed),
                (swap.AmountIn, swap.AmountOut, swap.SqrtPrice, swap.Liquidity, swap.TicksCrossed));
            var quote = isExactIn
                ? real.QuoteExactIn(direction, new TokenAmount(amount), NoClock)
                : real.QuoteExactOut(direction, new TokenAmount(amount), NoClock);
            Assert.Equal(expected.Error, quote.Error);
            Assert.Equal((expected.AmountIn, expected.AmountOut), (quote.AmountIn.Units, quote.AmountOut.Units));
            if (expected.Error == QuoteError.None) Interlocked.Increment(ref succeeded);
            if (expected.TicksCrossed > 0) Interlocked.Increment(ref crossed);
        }, iter: 4_000);
        Assert.InRange(succeeded, 400, 4_000);
        Assert.InRange(crossed, 400, 4_000);
    }

    [Fact]
    public void Around_the_amount_that_just_reaches_a_tick_nothing_differs()
    {
        var reached = 0;
        Gen.Select(Pool, Gen.Bool).Sample((pool, isDown) =>
        {
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var real = pool.Bytes.Pool(pool.Ticks);
            var next = isDown
                ? real.Ticks.ToArray().LastOrDefault(tick => tick.Index <= real.Tick)
                : real.Ticks.ToArray().FirstOrDefault(tick => tick.Index > real.Tick);
            if (next.SqrtPrice == 0 || next.SqrtPrice == real.SqrtPrice) return;
            var exact = real.Swap(direction, new TokenAmount(ulong.MaxValue), isExactIn: true, next.SqrtPrice).AmountIn;
            if (exact is < 3 or > ulong.MaxValue - 2) return;
            Interlocked.Increment(ref reached);
            for (var amount = exact - 2; amount <= exact + 2; amount++)
            {
                var expected = new WhirlpoolReference(pool.Bytes, pool.Ticks).Swap(isDown, isExactIn: true, amount);
                var quote = real.QuoteExactIn(direction, new TokenAmount(amount), NoClock);
                Assert.Equal(
                    (expected.Error, expected.AmountIn, expected.AmountOut, expected.TicksCrossed),
                    (quote.Error, quote.AmountIn.Units, quote.AmountOut.Units, quote.TicksCrossed));
            }
        }, iter: 3_000);
        Assert.InRange(reached, 100, 3_000);
    }

    [Fact]
    public void The_marginal_rate_is_never_below_what_a_quote_yields_per_unit()
    {
        Gen.Select(Pool, Amount, Gen.Bool).Sample((pool, amount, isDown) =>
        {
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var real = pool.Bytes.Pool(pool.Ticks);
            var quote = real.QuoteExactIn(direction, new TokenAmount(amount), NoClock);
            if (!quote.IsOk || quote.AmountOut.Units == 0) return true;
            return real.MarginalRate(direction) >= (double)quote.AmountOut.Units / quote.AmountIn.Units;
        }, iter: 4_000);
    }

    [Fact]
    public void The_marginal_rate_holds_on_every_recorded_vector()
    {
        var pools = VectorPools();
        var count = 0;
        foreach (var line in Swaps())
        {
            var pool = pools[line.GetProperty("pool").GetString()!];
            var quote = pool.QuoteExactIn(Direction(line), new TokenAmount(Units(line, "amount")), NoClock);
            if (!quote.IsOk) continue;
            count++;
            var yield = (double)quote.AmountOut.Units / quote.AmountIn.Units;
            Assert.InRange(yield, 0, pool.MarginalRate(Direction(line)));
        }
        Assert.InRange(count, 1000, 1820);
    }

    [Fact]
    public void The_curve_predicts_exact_quotes_closely_and_ends_where_they_do()
    {
        var segments = new CurveSegment[600];
        foreach (var pool in VectorPools().Values)
        {
            foreach (var direction in Enum.GetValues<SwapDirection>())
            {
                var count = pool.FillCurve(direction, segments);
                foreach (var piece in segments[..count])
                {
                    var middle = piece.InStart + (piece.InEnd - piece.InStart) / 2;
                    if (middle is < 1e6 or > 1e18) continue;
                    var quote = pool.QuoteExactIn(direction, new TokenAmount((ulong)middle), NoClock);
                    if (!quote.IsOk) continue;
                    var put = (middle - piece.InStart) * piece.Keep;
                    var output = piece.OutStart + piece.ReserveOut * put / (piece.ReserveIn + put);
                    Assert.InRange(quote.AmountOut.Units, output * 0.999999 - 2 * count - 2, output * 1.000001 + 2);
                }
                if (count == 0 || segments[count - 1].InEnd > 1e18) continue;
                var beyond = new TokenAmount((ulong)(segments[count - 1].InEnd * 1.001) + 1000);
                Assert.False(pool.QuoteExactIn(direction, beyond, NoClock).IsOk);
            }
        }
    }

    [Fact]
    public void A_zero_amount_and_wrong_limits_are_refused_with_their_causes()
    {
        var pool = new WhirlpoolBytes().Pool();
        var one = new TokenAmount(1);
        Assert.Equal(QuoteError.ZeroAmount, pool.QuoteExactIn(SwapDirection.AToB, default, NoClock).Error);
        Assert.Equal(QuoteError.ZeroAmount, pool.QuoteExactOut(SwapDirection.BToA, default, NoClock).Error);
        Assert.Equal(QuoteError.SqrtPriceOutOfBounds, pool.Swap(SwapDirection.AToB, one, true, 1).Error);
        Assert.Equal(
            QuoteError.InvalidSqrtPriceLimitDirection,
            pool.Swap(SwapDirection.AToB, one, true, pool.SqrtPrice + 1).Error);
        Assert.Equal(
            QuoteError.InvalidSqrtPriceLimitDirection,
            pool.Swap(SwapDirection.BToA, one, true, pool.SqrtPrice - 1).Error);
    }

    [Fact]
    public void Exact_out_beyond_the_last_price_is_a_partial_fill()
    {
        // Full range at spacing 32896: one array reaches the bound, where the loop ends without an index error.
        var pool = new WhirlpoolBytes { Spacing = 32896, Liquidity = 1_000 }.Pool();
        var quote = pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(1_000_000), NoClock);
        Assert.Equal(QuoteError.PartialFill, quote.Error);
        var swap = pool.Swap(SwapDirection.AToB, new TokenAmount(1_000_000), isExactIn: false, TickMath.SqrtPriceMin);
        Assert.Equal(QuoteError.None, swap.Error);
        Assert.InRange(swap.AmountOut, 1UL, 999_999UL);
    }

    [Fact]
    public void More_crossings_than_fit_a_transaction_are_refused()
    {
        var ticks = Enumerable.Range(-176, 256).Select(tick => (tick, (Int128)1)).ToArray();
        var pool = new WhirlpoolBytes { Spacing = 1, SqrtPrice = TickMath.PriceAt(80) }.Pool(ticks);
        Assert.Equal(256, pool.Ticks.Length);
        var amount = new TokenAmount(9_300_000_000);
        var swap = pool.Swap(SwapDirection.AToB, amount, isExactIn: true);
        Assert.Equal(QuoteError.None, swap.Error);
        Assert.InRange(swap.TicksCrossed, 176, 200);
        var quote = pool.QuoteExactIn(SwapDirection.AToB, amount, NoClock);
        Assert.Equal((QuoteError.TooManyCrossings, swap.TicksCrossed), (quote.Error, quote.TicksCrossed));
        Assert.Equal(default, quote.AmountOut);
        var before = pool.Accounts[0].Data.ToArray();
        Assert.Equal(quote, pool.Execute(SwapDirection.AToB, amount, NoClock, writeVersion: 9));
        Assert.Equal(before, pool.Accounts[0].Data.ToArray());
    }

    private static Gen<ushort> OneOf(params ushort[] values) =>
        Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static ulong Low(ulong part, int bits) => bits == 0 ? 0 : part >> (64 - Math.Min(bits, 64));
}
