using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

public sealed class RaydiumClmmPropertyTests
{
    /// <summary>Below array -512 of the small spacings nothing is proven, so no tick lies there.</summary>
    private static readonly Gen<RaydiumClmmBytes> Pool =
        from spacing in OneOf(1, 10, 60, 120)
        from tick in Gen.OneOf(Gen.Int[-2_000, 2_000], Gen.Int[-30_000, 443_000])
        from part in Gen.ULong
        from liquidityBits in Gen.Int[0, 100]
        from liquidityPart in Gen.ULong
        from feeRate in OneOf(0, 100, 2_500, 65_535)
        from places in Gen.Int[-260, 260].HashSet[0, 12]
        from nets in Gen.Double[-0.4, 1.0].Array[12]
        let low = RaydiumTickMath.PriceAt(tick)
        let liquidity = liquidityBits == 0 ? 0 : (UInt128.One << liquidityBits) | Low(liquidityPart, liquidityBits)
        let center = (int)Math.Floor((double)tick / spacing)
        select new RaydiumClmmBytes
        {
            Spacing = spacing,
            TradeRate = feeRate,
            Liquidity = liquidity,
            SqrtPrice = low + part % (RaydiumTickMath.PriceAt(tick + 1) - low),
            Ticks = [.. places.Select(place => (long)(center + place) * spacing)
                .Where(index => index is >= -30_720 and <= RaydiumTickMath.TickMax)
                .Zip(nets, (index, net) => ((int)index, (Int128)(net * (double)liquidity)))],
        };

    private static readonly Gen<ulong> Amount =
        Gen.Select(Gen.Int[0, 63], Gen.ULong, (bits, part) => (1UL << bits) | Low(part, bits));

    [Fact]
    public void The_fast_walk_equals_the_slow_one_in_big_integers()
    {
        var (succeeded, crossed) = (0, 0);
        Gen.Select(Pool, Amount, Gen.Bool, Gen.Bool).Sample((bytes, amount, isDown, isExactIn) =>
        {
            var expected = new RaydiumClmmReference(bytes).Swap(isDown, isExactIn, amount);
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var swap = pool.Swap(direction, new TokenAmount(amount), isExactIn, PoolChecks.Clock);
            Assert.Equal(expected, swap with { Tick = 0, FeeGrowth = 0 });
            var quote = isExactIn
                ? pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock)
                : pool.QuoteExactOut(direction, new TokenAmount(amount), PoolChecks.Clock);
            Assert.Equal(
                (expected.Error, expected.AmountIn, expected.AmountOut, expected.TicksCrossed),
                (quote.Error, quote.AmountIn.Units, quote.AmountOut.Units,
                    quote.IsOk ? quote.TicksCrossed : expected.TicksCrossed));
            if (expected.Error == QuoteError.None) Interlocked.Increment(ref succeeded);
            if (expected.TicksCrossed > 0) Interlocked.Increment(ref crossed);
        }, iter: 4_000);
        Assert.InRange(succeeded, 300, 4_000);
        Assert.InRange(crossed, 300, 4_000);
    }

    [Fact]
    public void Around_the_amount_that_just_reaches_a_tick_nothing_differs()
    {
        var reached = 0;
        Gen.Select(Pool, Gen.Bool).Sample((bytes, isDown) =>
        {
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var next = isDown
                ? pool.Ticks.ToArray().LastOrDefault(tick => tick.Index <= pool.Tick)
                : pool.Ticks.ToArray().FirstOrDefault(tick => tick.Index > pool.Tick);
            if (next.SqrtPrice == 0 || next.SqrtPrice == pool.SqrtPrice) return;
            var exact = pool.Swap(
                direction, new TokenAmount(ulong.MaxValue), isExactIn: true, PoolChecks.Clock, next.SqrtPrice).AmountIn;
            if (exact is < 3 or > ulong.MaxValue - 2) return;
            Interlocked.Increment(ref reached);
            for (var amount = exact - 2; amount <= exact + 2; amount++)
            {
                var expected = new RaydiumClmmReference(bytes).Swap(isDown, isExactIn: true, amount);
                var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
                Assert.Equal(
                    (expected.Error, expected.AmountIn, expected.AmountOut),
                    (quote.Error, quote.AmountIn.Units, quote.AmountOut.Units));
            }
        }, iter: 3_000);
        Assert.InRange(reached, 100, 3_000);
    }

    [Fact]
    public void What_exact_out_asks_for_exact_in_returns() =>
        Gen.Select(Pool, Amount, Gen.Bool).Sample((bytes, amount, isDown) =>
        {
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var asked = pool.QuoteExactOut(direction, new TokenAmount(amount), PoolChecks.Clock);
            if (!asked.IsOk) return;
            Assert.Equal(amount, asked.AmountOut.Units);
            var given = pool.QuoteExactIn(direction, asked.AmountIn, PoolChecks.Clock);
            // What is left of a rounded fee finds no further tick, or liquidity is more than any vault can hold.
            var isAtEnd = given.Error is QuoteError.LiquidityInsufficient or QuoteError.NotEnoughTickArrays;
            if (isAtEnd || given.Error == QuoteError.Overflow) return;
            Assert.True(given.IsOk && given.AmountOut.Units >= amount, $"{asked}, {given}");
        }, iter: 4_000);

    [Fact]
    public void No_quote_beats_the_marginal_rate() =>
        Gen.Select(Pool, Amount, Gen.Bool).Sample((bytes, amount, isDown) =>
        {
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var (pool, units) = (bytes.Pool(), new TokenAmount(amount));
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactIn(direction, units, PoolChecks.Clock));
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactOut(direction, units, PoolChecks.Clock));
        }, iter: 4_000);

    [Fact]
    public void The_curve_predicts_exact_quotes_closely_and_ends_where_they_do()
    {
        var seen = 0;
        Gen.Select(Pool, Gen.Bool).Sample((bytes, isDown) =>
        {
            if (bytes.Liquidity >> 64 != 0) return; // there a step of the price is worth more than a unit
            var direction = isDown ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var segments = new CurveSegment[16];
            var count = pool.FillCurve(direction, segments);
            foreach (var piece in segments.AsSpan(0, count))
            {
                var middle = piece.InStart + (piece.InEnd - piece.InStart) / 2;
                if (middle is < 1e6 or > 1e18) continue;
                var quote = pool.QuoteExactIn(direction, new TokenAmount((ulong)middle), PoolChecks.Clock);
                if (!quote.IsOk) continue;
                Interlocked.Increment(ref seen);
                var put = (middle - piece.InStart) * piece.Keep;
                var output = piece.OutStart + piece.ReserveOut * put / (piece.ReserveIn + put);
                var unit = piece.ReserveOut / piece.ReserveIn + 1; // of input, in output
                Assert.InRange(
                    quote.AmountOut.Units, output * 0.999999 - (2 * count + 2) * unit, output * 1.000001 + 2);
            }
            if (count == 0 || segments[count - 1].InEnd > 1e18) return;
            var beyond = new TokenAmount((ulong)(segments[count - 1].InEnd * 1.001) + 1000);
            Assert.False(pool.QuoteExactIn(direction, beyond, PoolChecks.Clock).IsOk);
        }, iter: 2_000);
        Assert.InRange(seen, 200, 40_000);
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var bytes = new RaydiumClmmBytes
        {
            Spacing = 10,
            SqrtPrice = RaydiumTickMath.PriceAt(307_205),
            Ticks = [(306_590, 7), (307_190, 400), (307_210, -300), (307_810, -100)],
            OpenTime = 9,
            Mint1Token2022 = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8),
        };
        var writes = bytes.Writes();
        Assert.Equal(PoolDefect.None, bytes.Pool().Defect);
        Gen.Select(Gen.Int[0, writes.Length - 1], Gen.Int[0, 11_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new RaydiumClmmPool(new PoolId(RaydiumClmmBytes.PoolKey)), writes, account, at, with),
            iter: 5_000);
    }

    private static Gen<ushort> OneOf(params ushort[] values) =>
        Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static ulong Low(ulong part, int bits) => bits == 0 ? 0 : part >> (64 - Math.Min(bits, 64));
}
