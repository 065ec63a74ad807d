using System.Numerics;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.PumpSwap;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.PumpSwap;

public sealed class PumpSwapPropertyTests
{
    private const int Whole = 10_000;

    /// <summary>Amounts of every magnitude.</summary>
    private static readonly Gen<ulong> Amount = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    private static readonly Gen<PumpSwapBytes> AnyBytes = Gen.Select(
        Amount, Amount, Gen.ULong[0, 4_000], Gen.ULong[0, 3_000], Gen.ULong[0, 2_000], Gen.Bool,
        (units, quote, liquidity, protocol, creator, hasCreator) => new PumpSwapBytes
        {
            Base = Math.Max(units, 1),
            Quote = Math.Max(quote, 1),
            Flat = (liquidity, protocol, creator),
            HasCoinCreator = hasCreator,
        });

    [Fact]
    public void Swaps_equal_the_formulae_in_unbounded_integers() =>
        Gen.Select(AnyBytes, Amount).Sample((bytes, amount) =>
        {
            var (pool, units) = (bytes.Pool(), new TokenAmount(amount));
            Assert.Equal(Sale(bytes, amount), pool.QuoteExactIn(SwapDirection.AToB, units, PoolChecks.Clock));
            Assert.Equal(Purchase(bytes, amount), pool.QuoteExactOut(SwapDirection.BToA, units, PoolChecks.Clock));
            Assert.Equal(PurchaseFor(bytes, amount), pool.QuoteExactIn(SwapDirection.BToA, units, PoolChecks.Clock));
        }, iter: 20_000);

    [Fact]
    public void No_quote_beats_the_marginal_rate() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var (pool, units) = (bytes.Pool(), new TokenAmount(amount));
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactIn(direction, units, PoolChecks.Clock));
            PoolChecks.KeepsTheRate(pool, direction, pool.QuoteExactOut(direction, units, PoolChecks.Clock));
        }, iter: 20_000);

    [Fact]
    public void The_product_of_the_reserves_never_falls() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool, Gen.Bool).Sample((bytes, amount, isForward, isExactIn) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var (pool, units) = (bytes.Pool(), new TokenAmount(amount));
            var before = (BigInteger)pool.ReserveA.Units * pool.ReserveB.Units;
            var executed = isExactIn
                ? pool.Execute(direction, units, PoolChecks.Clock, writeVersion: 9)
                : pool.ExecuteExactOut(direction, units, PoolChecks.Clock, writeVersion: 9);
            Assert.Equal(PoolDefect.None, pool.Defect);
            var after = (BigInteger)pool.ReserveA.Units * pool.ReserveB.Units;
            Assert.True(executed.IsOk ? after >= before : after == before);
        }, iter: 10_000);

    [Fact]
    public void What_is_proposed_for_sale_yields_what_is_wanted_but_for_the_rounding_of_fees() =>
        Gen.Select(AnyBytes, Amount).Sample((bytes, amount) =>
        {
            var pool = bytes.Pool();
            if (pool.BaseFor(new TokenAmount(amount), out var units) != QuoteError.None) return;
            var sale = pool.QuoteExactIn(SwapDirection.AToB, units, PoolChecks.Clock);
            Assert.True(!sale.IsOk || sale.AmountOut.Units + 3 >= amount, $"{sale} for a wanted {amount}");
        }, iter: 10_000);

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        var writes = new PumpSwapBytes { Creator = PumpSwapBytes.BondingCurve, HasCoinCreator = true }.Writes();
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new PumpSwapPool(new PoolId(PumpSwapBytes.PoolKey)), writes, account, at, with),
            iter: 5_000);
        Assert.Equal(6, writes.Length);
    }

    [Fact]
    public void Quoting_copying_and_executing_allocate_nothing()
    {
        PoolChecks.AllocatesNothing(new PumpSwapBytes { Base = 80_000_000_000 }.Pool());
        PoolChecks.AllocatesNothing(new PumpSwapBytes
        {
            Base = 80_000_000_000,
            Creator = PumpSwapBytes.BondingCurve,
            HasCoinCreator = true,
        }.Pool());
    }

    private static Quote Sale(PumpSwapBytes bytes, ulong amount)
    {
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        if (bytes.Base + (BigInteger)amount > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        var quote = (BigInteger)bytes.Quote * amount / (bytes.Base + (BigInteger)amount);
        var user = quote - Fees(bytes, quote);
        return user < 0 ? Quote.Refused(QuoteError.ZeroResult) : Quote.Of(amount, (ulong)user);
    }

    private static Quote Purchase(PumpSwapBytes bytes, ulong amount)
    {
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        if (amount >= bytes.Base) return Quote.Refused(QuoteError.Overflow);
        var quote = Ceiling((BigInteger)bytes.Quote * amount, bytes.Base - amount);
        var paid = quote + Fees(bytes, quote);
        var kept = quote + Ceiling(quote * bytes.Flat.Liquidity, Whole);
        return paid > ulong.MaxValue || kept + bytes.Quote > ulong.MaxValue
            ? Quote.Refused(QuoteError.Overflow)
            : Quote.Of((ulong)paid, amount);
    }

    private static Quote PurchaseFor(PumpSwapBytes bytes, ulong amount)
    {
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        var net = (BigInteger)amount * Whole / (Whole + (int)Rates(bytes).Aggregate((sum, rate) => sum + rate));
        net -= BigInteger.Max(0, net + Fees(bytes, net) - amount);
        var swapped = net - 1;
        if (swapped <= 0) return Quote.Refused(QuoteError.ZeroResult);
        if (swapped + bytes.Quote > ulong.MaxValue) return Quote.Refused(QuoteError.Overflow);
        var units = bytes.Base * swapped / (bytes.Quote + swapped);
        if (units.IsZero) return Quote.Refused(QuoteError.ZeroResult);
        var leaving = Fees(bytes, net) - Ceiling(net * bytes.Flat.Liquidity, Whole);
        return amount - leaving + bytes.Quote > ulong.MaxValue
            ? Quote.Refused(QuoteError.Overflow)
            : Quote.Of(amount, (ulong)units);
    }

    private static ulong[] Rates(PumpSwapBytes bytes) =>
        [bytes.Flat.Liquidity, bytes.Flat.Protocol, bytes.HasCoinCreator ? bytes.Flat.Creator : 0];

    private static BigInteger Fees(PumpSwapBytes bytes, BigInteger quote) =>
        Rates(bytes).Aggregate(BigInteger.Zero, (sum, rate) => sum + Ceiling(quote * rate, Whole));

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;
}
