using System.Numerics;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumCpmm;

public sealed class RaydiumCpmmPropertyTests
{
    private const int Million = 1_000_000;

    /// <summary>Amounts of every magnitude.</summary>
    private static readonly Gen<ulong> Amount = Gen.Select(Gen.ULong, Gen.Int[0, 63], (value, shift) => value >> shift);

    private static readonly Gen<TransferFee> Fee = Gen.Select(
        Amount, Gen.OneOf(Gen.UShort[0, 10_000], Gen.Const((ushort)0)),
        (maximum, basisPoints) => new TransferFee(maximum, basisPoints));

    private static readonly Gen<RaydiumCpmmBytes> AnyBytes = Gen.Select(
        Amount, Amount, Amount, Gen.UInt[1, 400_000], Gen.OneOf(Gen.Const(0u), Gen.UInt[1, 400_000]),
        Gen.Byte[0, 2], Fee,
        (first, second, owed, trade, creator, on, fee) => new RaydiumCpmmBytes
        {
            Amount0 = Math.Max(first, 1),
            Amount1 = Math.Max(second, 1),
            Owed0 = owed % Math.Max(first, 1),
            TradeRate = trade,
            CreatorRate = creator,
            CreatorFeeOn = on,
            Mint1Token2022 = fee.BasisPoints == 0 ? null : RaydiumCpmmBytes.MintWithFee(fee),
        });

    [Fact]
    public void Exact_in_equals_the_formula_in_unbounded_integers() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var quote = bytes.Pool().QuoteExactIn(direction, new TokenAmount(amount), PoolChecks.Clock);
            Assert.Equal(Formula(bytes, isForward, amount), quote);
        }, iter: 20_000);

    [Fact]
    public void What_exact_out_asks_for_exact_in_returns() =>
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
        {
            var direction = isForward ? SwapDirection.AToB : SwapDirection.BToA;
            var pool = bytes.Pool();
            var asked = pool.QuoteExactOut(direction, new TokenAmount(amount), PoolChecks.Clock);
            if (!asked.IsOk) return;
            Assert.Equal(amount, asked.AmountOut.Units);
            var given = pool.QuoteExactIn(direction, asked.AmountIn, PoolChecks.Clock);
            Assert.True(given.IsOk && given.AmountOut.Units >= amount, $"{asked}, {given}");
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
        Gen.Select(AnyBytes, Amount, Gen.Bool).Sample((bytes, amount, isForward) =>
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
    public void Damaged_bytes_never_throw()
    {
        var mint = RaydiumCpmmBytes.MintWithFee(new TransferFee(7, 100));
        var writes = new RaydiumCpmmBytes { Mint1Token2022 = mint, CreatorRate = 100, OpenTime = 9 }.Writes();
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4_000], Gen.Byte[1, 255]).Sample(
            (account, at, with) => PoolChecks.SurvivesDamage(
                () => new RaydiumCpmmPool(new PoolId(RaydiumCpmmBytes.PoolKey)), writes, account, at, with),
            iter: 5_000);
        Assert.Equal(5, writes.Length);
    }

    [Fact]
    public void Quoting_copying_and_executing_allocate_nothing()
    {
        PoolChecks.AllocatesNothing(new RaydiumCpmmBytes().Pool());
        var mint = RaydiumCpmmBytes.MintWithFee(new TransferFee(700, 100));
        PoolChecks.AllocatesNothing(
            new RaydiumCpmmBytes { Mint1Token2022 = mint, CreatorRate = 100, CreatorFeeOn = 2 }.Pool());
    }

    private static Quote Formula(RaydiumCpmmBytes bytes, bool isForward, ulong amount)
    {
        BigInteger first = bytes.Amount0 - bytes.Owed0;
        var (reserveIn, reserveOut) = isForward ? (first, (BigInteger)bytes.Amount1) : (bytes.Amount1, first);
        var isOnInput = bytes.CreatorFeeOn == 0 || bytes.CreatorFeeOn == 1 == isForward;
        var arriving = amount - (isForward ? 0 : TransferFeeOf(bytes, amount));
        if (amount == 0) return Quote.Refused(QuoteError.ZeroAmount);
        if (arriving.IsZero) return Quote.Refused(QuoteError.ZeroResult);
        if ((isForward ? bytes.Amount0 : bytes.Amount1) + arriving > ulong.MaxValue)
            return Quote.Refused(QuoteError.Overflow);
        var rate = bytes.TradeRate + (isOnInput ? bytes.CreatorRate : 0);
        var swapped = arriving - Ceiling(arriving * rate, Million);
        var output = swapped * reserveOut / (reserveIn + swapped);
        if (!isOnInput) output -= Ceiling(output * bytes.CreatorRate, Million);
        if (isForward) output -= TransferFeeOf(bytes, output);
        return output.IsZero ? Quote.Refused(QuoteError.ZeroResult) : Quote.Of(amount, (ulong)output);
    }

    private static BigInteger TransferFeeOf(RaydiumCpmmBytes bytes, BigInteger amount)
    {
        if (bytes.Mint1Token2022 is not { } mint) return 0;
        var fee = mint.AsSpan(TokenLayout.Extensions + 4 + TokenLayout.NewerFee);
        BigInteger maximum = TokenBytes.Get(fee, TokenLayout.FeeMaximum);
        var share = Ceiling(amount * BitConverter.ToUInt16(fee[TokenLayout.FeeBasisPoints..]), 10_000);
        return BigInteger.Min(maximum, share);
    }

    private static BigInteger Ceiling(BigInteger a, BigInteger b) => (a + b - 1) / b;
}
