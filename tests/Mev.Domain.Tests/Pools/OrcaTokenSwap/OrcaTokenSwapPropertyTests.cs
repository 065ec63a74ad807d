using System.Numerics;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.OrcaTokenSwap;

public sealed class OrcaTokenSwapPropertyTests
{
    /// <summary>Units by which cut fees and the cut invariant may exceed the bound of large reserves.</summary>
    private const double DustIn = 3;
    private const double DustOut = 2;

    /// <summary>Amounts of every magnitude.</summary>
    private static readonly Gen<ulong> Amount = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    private static readonly Gen<(ulong, ulong)> Fee = Gen.OneOf(
        Gen.Const((0UL, 0UL)), Gen.Const((25UL, 10_000UL)), Gen.Const((0UL, 100UL)),
        Gen.Select(Gen.ULong[1, 500], Gen.ULong[1_001, 1_000_000]));

    private static readonly Gen<OrcaTokenSwapBytes> AnyProduct = Gen.Select(
        Amount, Amount, Fee, Fee, (first, second, trade, owner) => new OrcaTokenSwapBytes
        {
            AmountA = Math.Max(first, 1),
            AmountB = Math.Max(second, 1),
            TradeFee = trade,
            OwnerFee = owner,
        });

    /// <summary>Reserves of a stable pool, each at most 1,000 times the other.</summary>
    private static readonly Gen<OrcaTokenSwapBytes> AnyStable = Gen.Select(
        Gen.ULong[1, 1UL << 58], Gen.Int[0, 57], Gen.ULong[1, 1_000], Gen.Bool, Gen.ULong[1, 5_000], Fee,
        (first, shift, ratio, isMore, amplification, trade) =>
        {
            var units = Math.Max(first >> shift, 1);
            var other = isMore ? Math.Min(units * ratio, 1UL << 60) : Math.Max(units / ratio, 1);
            return OrcaTokenSwapBytes.Stable(units, other, amplification) with { TradeFee = trade };
        });

    [Fact]
    public void Exact_in_of_constant_product_equals_the_formula_in_unbounded_integers() =>
        Gen.Select(AnyProduct, Amount, Gen.Bool).Sample(
            (bytes, amount, isForward) => Assert.Equal(
                Formula(bytes, isForward, amount, Product), Quoted(bytes.Pool(), isForward, amount)),
            iter: 20_000);

    [Fact]
    public void Exact_in_of_a_stable_curve_equals_the_formula_in_unbounded_integers() =>
        Gen.Select(AnyStable, Amount, Gen.Bool).Sample(
            (bytes, amount, isForward) => Assert.Equal(
                Formula(bytes, isForward, amount, (s, d, x) => Stable(bytes.Amplification, s, d, x)),
                Quoted(bytes.Pool(), isForward, amount)),
            iter: 10_000);

    [Fact]
    public void What_is_taken_buys_no_less_when_it_is_all_that_is_given() =>
        Gen.Select(AnyProduct, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var pool = bytes.Pool();
            var quote = Quoted(pool, isForward, amount);
            if (!quote.IsOk) return;
            Assert.True(quote.AmountIn.Units <= amount);
            var again = Quoted(pool, isForward, quote.AmountIn.Units);
            Assert.True(again.IsOk && again.AmountOut.Units >= quote.AmountOut.Units);
            Assert.True(again.AmountIn.Units <= quote.AmountIn.Units);
        }, iter: 10_000);

    [Fact]
    public void No_quote_beats_the_marginal_rate() =>
        Gen.Select(Gen.OneOf(AnyProduct, AnyStable), Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
            var isCoarse = Math.Min(bytes.AmountA, bytes.AmountB) <= OrcaTokenSwapCurve.CoarseReserveMax;
            if (isCoarse) PoolChecks.KeepsTheRate(pool, direction, quote);
            else KeepsTheRateButDust(pool, direction, quote);
        }, iter: 20_000);

    [Fact]
    public void The_product_of_the_reserves_never_falls() =>
        Gen.Select(AnyProduct, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var before = (BigInteger)pool.ReserveA.Units * pool.ReserveB.Units;
            var executed = pool.Execute(direction, new TokenAmount(amount), PoolChecks.Clock, writeVersion: 9);
            Assert.Equal(PoolDefect.None, pool.Defect);
            var after = (BigInteger)pool.ReserveA.Units * pool.ReserveB.Units;
            Assert.True(executed.IsOk ? after >= before : after == before);
        }, iter: 10_000);

    [Fact]
    public void No_quote_exceeds_the_curve_and_none_falls_far_below() =>
        Gen.Select(Gen.OneOf(AnyProduct, AnyStable), Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var quote = pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
            // Of a handful of units the invariant in whole units is no more than a guess.
            var isGuess = bytes.Curve == OrcaTokenSwapLayout.Stable
                && Math.Min(bytes.AmountA, bytes.AmountB) < 1_000_000;
            if (!quote.IsOk || isGuess) return;
            double taken = quote.AmountIn.Units;
            // The curve may leave two units of fees out, and each fee is one unit at least.
            var segments = new CurveSegment[2];
            var dustBelow = DustIn + 4 / segments[pool.FillCurve(direction, segments) - 1].Keep;
            var (above, below) = (Curve(pool, direction, taken + DustIn), Curve(pool, direction, taken - dustBelow));
            Assert.True(quote.AmountOut.Units <= above * (1 + 1e-6) + DustOut, $"{quote} above {above}");
            Assert.True(quote.AmountOut.Units >= below * (1 - 2e-3) - DustOut, $"{quote} far below {below}");
        }, iter: 10_000);

    [Theory]
    [InlineData(OrcaTokenSwapLayout.ConstantProduct)]
    [InlineData(OrcaTokenSwapLayout.Stable)]
    public void Damaged_bytes_never_throw(byte curve)
    {
        var writes = new OrcaTokenSwapBytes { Curve = curve, Amplification = 85 }.Writes();
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new OrcaTokenSwapPool(new PoolId(OrcaTokenSwapBytes.PoolKey)), writes, account, at, with),
            iter: 5_000);
        Assert.Equal(3, writes.Length);
    }

    [Fact]
    public void Quoting_copying_and_executing_allocate_nothing()
    {
        PoolChecks.AllocatesNothing(new OrcaTokenSwapBytes().Pool());
        PoolChecks.AllocatesNothing(OrcaTokenSwapBytes.Stable(9_000_000_000, 8_000_000_000, 85).Pool());
    }

    private static Quote Quoted(OrcaTokenSwapPool pool, bool isForward, ulong amount) => pool.QuoteExactIn(
        isForward ? SwapDirection.AToB : SwapDirection.BToA, new TokenAmount(amount), PoolChecks.Clock);

    private static void KeepsTheRateButDust(Pool pool, SwapDirection direction, Quote quote)
    {
        if (!quote.IsOk) return;
        var rate = pool.MarginalRate(direction);
        Assert.True(double.IsFinite(rate) && rate > 0);
        var most = rate * (quote.AmountIn.Units + DustIn) + DustOut;
        Assert.True(quote.AmountOut.Units <= most * (1 + 1e-12), $"{quote} yields more than {rate} per unit");
    }

    private static double Curve(Pool pool, SwapDirection direction, double amount)
    {
        var segments = new CurveSegment[StableCurve.PiecesMax];
        var count = pool.FillCurve(direction, segments);
        Assert.InRange(count, 1, StableCurve.PiecesMax);
        Assert.Equal(double.PositiveInfinity, segments[count - 1].InEnd);
        var segment = Array.FindLast(segments[..count], piece => piece.InStart <= Math.Max(amount, 0));
        var swapped = (Math.Max(amount, 0) - segment.InStart) * segment.Keep;
        return segment.OutStart + segment.ReserveOut * swapped / (segment.ReserveIn + swapped) * segment.OutKeep;
    }

    private static Quote Formula(
        OrcaTokenSwapBytes bytes, bool isForward, ulong amount,
        Func<BigInteger, BigInteger, BigInteger, (BigInteger In, BigInteger Out)?> swap)
    {
        var (source, destination) = isForward ? (bytes.AmountA, bytes.AmountB) : (bytes.AmountB, bytes.AmountA);
        var fee = FeeOf(amount, bytes.TradeFee) + FeeOf(amount, bytes.OwnerFee);
        if (fee > amount) return Quote.Refused(QuoteError.ZeroResult);
        if ((BigInteger)source + amount > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        return swap(source, destination, amount - fee) is { } amounts
            ? Quote.Of((ulong)(amounts.In + fee), (ulong)amounts.Out)
            : Quote.Refused(QuoteError.ZeroResult);
    }

    private static BigInteger FeeOf(BigInteger amount, (ulong Numerator, ulong Denominator) fee) =>
        fee.Numerator == 0 || amount.IsZero
            ? 0
            : BigInteger.Max(1, amount * fee.Numerator / fee.Denominator);

    private static (BigInteger In, BigInteger Out)? Product(BigInteger source, BigInteger destination, BigInteger x)
    {
        var product = source * destination;
        var left = Ceiling(product, source + x);
        var after = product % (source + x) == 0 ? source + x : Ceiling(product, left);
        if (product / (source + x) == 0 || left == destination || after == source) return null;
        return (after - source, destination - left);
    }

    private static (BigInteger In, BigInteger Out)? Stable(
        BigInteger amplification, BigInteger source, BigInteger destination, BigInteger x)
    {
        if (x.IsZero) return (0, 0);
        var leverage = 2 * amplification;
        var d = Steps(source + destination, d =>
        {
            var share = d * d / (2 * source) * d / (2 * destination);
            return (leverage * (source + destination) + 2 * share) * d / ((leverage - 1) * d + 3 * share);
        });
        var c = d * d * d / (4 * (source + x) * leverage);
        var b = source + x + d / leverage;
        var left = Steps(d, y => Ceiling(y * y + c, 2 * y + b - d));
        return left > destination ? null : (x, destination - left);
    }

    private static BigInteger Steps(BigInteger start, Func<BigInteger, BigInteger> next)
    {
        for (var round = 0; round < 32; round++)
        {
            var value = next(start);
            if (value == start) break;
            start = value;
        }
        return start;
    }

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;
}
