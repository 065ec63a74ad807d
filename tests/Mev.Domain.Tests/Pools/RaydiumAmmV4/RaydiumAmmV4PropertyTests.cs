using System.Numerics;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumAmmV4;

public sealed class RaydiumAmmV4PropertyTests
{
    /// <summary>Amounts of every magnitude.</summary>
    private static readonly Gen<ulong> Amount = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    private static readonly Gen<(ulong Numerator, ulong Denominator)> Fee = Gen.OneOf(
        Gen.Const((25ul, 10_000ul)), Gen.Const((0ul, 10_000ul)), Gen.Const((10_000ul, 10_000ul)),
        Gen.Select(Amount, Amount, (one, other) => (Math.Min(one, other), Math.Max(Math.Max(one, other), 1))));

    private static readonly Gen<RaydiumAmmV4Pool> AnyPool = Gen.Select(
        Amount, Amount, Amount, Fee, (coins, pcs, owed, fee) => new RaydiumAmmV4Bytes
        {
            Coins = Math.Max(coins, 1),
            Pcs = Math.Max(pcs, 1),
            CoinsOwed = owed % Math.Max(coins, 1),
            FeeNumerator = fee.Numerator,
            FeeDenominator = fee.Denominator,
        }.Pool());

    [Fact]
    public void Quotes_equal_the_formula_in_unbounded_integers() =>
        Gen.Select(AnyPool, Amount, Gen.Bool).Sample((pool, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            Assert.Equal(
                FormulaIn(pool, direction, amount),
                pool.QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock));
            Assert.Equal(
                FormulaOut(pool, direction, amount),
                pool.QuoteExactOut(direction, new TokenAmount(amount), PoolChecks.Clock));
        }, iter: 20_000);

    [Fact]
    public void What_exact_out_asks_for_exact_in_returns() =>
        Gen.Select(AnyPool, Amount).Sample((pool, amount) =>
        {
            var asked = pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(amount), PoolChecks.Clock);
            if (!asked.IsOk) return;
            var given = pool.QuoteExactIn(SwapDirection.AToB, asked.AmountIn, PoolChecks.Clock);
            Assert.True(given.IsOk && given.AmountOut.Units >= amount, $"{asked}, {given}");
        }, iter: 20_000);

    [Fact]
    public void No_quote_beats_the_marginal_rate() =>
        Gen.Select(AnyPool, Gen.OneOf(Amount, Gen.ULong[1, 400]), Gen.Bool).Sample((pool, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var units = new TokenAmount(amount);
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactIn(direction, units, PoolChecks.Clock));
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactOut(direction, units, PoolChecks.Clock));
        }, iter: 20_000);

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var writes = new RaydiumAmmV4Bytes { CoinsOwed = 5 }.Writes();
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new RaydiumAmmV4Pool(new PoolId(RaydiumAmmV4Bytes.PoolKey)), writes, account, at, with),
            iter: 5_000);
        Assert.Equal(3, writes.Length);
    }

    [Fact]
    public void Quoting_copying_and_executing_allocate_nothing() =>
        PoolChecks.AllocatesNothing(new RaydiumAmmV4Bytes().Pool());

    private static Quote FormulaIn(RaydiumAmmV4Pool pool, SwapDirection direction, ulong amount)
    {
        var (reserveIn, reserveOut, vault, numerator, denominator) = Read(pool, direction);
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        if (vault + amount > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        var swapped = amount - Round(amount * numerator, denominator);
        var result = reserveOut * swapped / (reserveIn + swapped);
        return result == 0 ? Quote.Refused(QuoteError.ZeroResult) : Quote.Of(amount, (ulong)result);
    }

    private static Quote FormulaOut(RaydiumAmmV4Pool pool, SwapDirection direction, ulong amount)
    {
        var (reserveIn, reserveOut, vault, numerator, denominator) = Read(pool, direction);
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        if (amount >= reserveOut || numerator == denominator) return Quote.Refused(QuoteError.Overflow);
        var swapped = Round(reserveIn * amount, reserveOut - amount);
        var result = Round(swapped * denominator, denominator - numerator);
        if (swapped > ulong.MaxValue || vault + result > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        return result == 0 ? Quote.Refused(QuoteError.ZeroResult) : Quote.Of((ulong)result, amount);
    }

    private static (BigInteger In, BigInteger Out, BigInteger Vault, BigInteger Numerator, BigInteger Denominator) Read(
        RaydiumAmmV4Pool pool, SwapDirection direction)
    {
        var data = pool.Accounts[0].Data;
        var isForward = direction == SwapDirection.AToB;
        var vault = TokenBytes.Get(pool.Accounts[isForward ? 1 : 2].Data, TokenLayout.AccountAmount);
        var (a, b) = (pool.ReserveA.Units, pool.ReserveB.Units);
        return (
            isForward ? a : b, isForward ? b : a, vault,
            TokenBytes.Get(data, RaydiumAmmV4Layout.SwapFeeNumerator),
            TokenBytes.Get(data, RaydiumAmmV4Layout.SwapFeeDenominator));
    }

    private static BigInteger Round(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var rest);
        if (quotient.IsZero) return 2 * a >= b ? 1 : 0;
        return rest.IsZero ? quotient : quotient + 1;
    }
}
