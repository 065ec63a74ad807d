using System.Numerics;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDammV2;

public sealed class MeteoraDammV2PropertyTests
{
    private static readonly BigInteger Unit = BigInteger.One << 64;

    /// <summary>Amounts of every magnitude.</summary>
    private static readonly Gen<ulong> Amount = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    private static readonly Gen<MeteoraDammV2Bytes> AnyBytes = Gen.Select(
        Gen.ULong, Gen.Int[0, 90], Gen.ULong[1UL << 62, ulong.MaxValue], Gen.Int[0, 60], Gen.Double[1, 1_000],
        Gen.Double[1, 1_000], Gen.ULong[0, 600_000_000],
        (units, shift, price, lower, down, up, fee) =>
        {
            var middle = (UInt128)price << 31 >> lower;
            return new MeteoraDammV2Bytes
            {
                Liquidity = UInt128.Max(new UInt128(units, ~units) >> shift, 1),
                SqrtPrice = middle,
                SqrtPriceMin = UInt128.Max(4_295_048_016, (UInt128)((double)middle / down)),
                SqrtPriceMax = (UInt128)Math.Min(7.9e28, (double)middle * up) + 1_000_000_000_000_000,
                CliffFee = fee,
                CollectMode = (byte)(units % 2),
                IsDynamic = units % 3 == 0,
                Volatility = units % 100_000,
                ReferencePrice = 0,
                LastUpdate = 0,
            };
        });

    [Fact]
    public void Exact_in_equals_the_formula_in_unbounded_integers()
    {
        var successes = 0;
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var pool = bytes.Pool();
            if (pool.Defect != PoolDefect.None) return;
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
            Assert.Equal(Formula(bytes, isForward, amount), quote);
            if (quote.IsOk && quote.AmountOut.Units > 0) Interlocked.Increment(ref successes);
        }, iter: 20_000);
        Assert.True(successes > 300, $"only {successes} swaps gave anything");
    }

    [Fact]
    public void No_quote_beats_the_marginal_rate() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            if (pool.Defect != PoolDefect.None) return;
            PoolChecks.KeepsTheRate(
                pool, direction, pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock));
        }, iter: 20_000);

    [Fact]
    public void No_quote_exceeds_the_curve() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var curve = new CurveSegment[1];
            var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
            if (!quote.IsOk) return;
            Assert.Equal(1, pool.FillCurve(direction, curve));
            var kept = amount * curve[0].Keep;
            var most = curve[0].OutKeep * curve[0].ReserveOut * kept / (curve[0].ReserveIn + kept);
            Assert.True(quote.AmountOut.Units <= most * (1 + 1e-9) + 1, $"{quote} above {most}");
            // Taken beyond the end: what moves the price by less than its last unit, what rounds the fee up, and what
            // the difference of two prices is off by in floating point.
            var (liquidity, least) = ((double)bytes.Liquidity, (double)bytes.SqrtPriceMin);
            var unmoved = isForward ? liquidity / least / (least - 1) : liquidity / (double)Unit / (double)Unit;
            var slack = (unmoved + 1 + curve[0].ReserveIn * 1e-15) / curve[0].Keep;
            Assert.True(amount <= curve[0].InEnd * (1 + 1e-9) + slack, $"{quote} beyond {curve[0].InEnd}");
        }, iter: 20_000);

    [Fact]
    public void A_swap_there_and_back_gains_nothing() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var (there, back) = isForward
                ? (SwapDirection.AToB, SwapDirection.BToA)
                : (SwapDirection.BToA, SwapDirection.AToB);
            var pool = bytes.Pool();
            var first = pool.Execute(there, new TokenAmount(amount), PoolChecks.Clock, writeVersion: 9);
            if (!first.IsOk || first.AmountOut.Units == 0) return;
            Assert.Equal(PoolDefect.None, pool.Defect);
            var second = pool.Execute(back, first.AmountOut, PoolChecks.Clock, writeVersion: 10);
            Assert.True(!second.IsOk || second.AmountOut.Units <= amount, $"{amount} became {second.AmountOut}");
        }, iter: 10_000);

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var mint = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8);
        var writes = new MeteoraDammV2Bytes { IsDynamic = true, MintBToken2022 = mint }.Writes();
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 4_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new MeteoraDammV2Pool(new PoolId(MeteoraDammV2Bytes.PoolKey)), writes, account, at, with),
            iter: 10_000);
        Assert.Equal(2, writes.Length);
    }

    [Fact]
    public void Quoting_copying_and_executing_allocate_nothing()
    {
        PoolChecks.AllocatesNothing(new MeteoraDammV2Bytes().Pool());
        PoolChecks.AllocatesNothing(new MeteoraDammV2Bytes { IsDynamic = true, CollectMode = 1 }.Pool());
    }

    private static Quote Formula(MeteoraDammV2Bytes bytes, bool isForward, ulong amount)
    {
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        var (liquidity, price) = ((BigInteger)bytes.Liquidity, (BigInteger)bytes.SqrtPrice);
        BigInteger rate = bytes.CliffFee;
        if (bytes.IsDynamic) rate += Ceiling(BigInteger.Pow(bytes.Volatility, 2) * 95_600, 100_000_000_000);
        rate = BigInteger.Min(rate, 500_000_000);
        var isOnInput = bytes.CollectMode == 1 && !isForward;
        var swapped = amount - (isOnInput ? Ceiling(amount * rate, 1_000_000_000) : 0);
        var after = isForward
            ? Ceiling(liquidity * price, liquidity + swapped * price)
            : price + swapped * Unit * Unit / liquidity;
        if (after < bytes.SqrtPriceMin || after > bytes.SqrtPriceMax)
            return Quote.Refused(QuoteError.PriceRangeViolation);
        var output = isForward
            ? liquidity * (price - after) / (Unit * Unit)
            : liquidity * (after - price) / (price * after);
        if (output > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        if (!isOnInput) output -= Ceiling(output * rate, 1_000_000_000);
        return Quote.Of(amount, (ulong)output);
    }

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;
}
