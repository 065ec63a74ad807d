using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumAmmV4;

public sealed class RaydiumAmmV4PoolTests
{
    private static readonly RaydiumAmmV4Bytes Usual = new();

    [Fact]
    public void A_pool_waits_for_its_vaults()
    {
        var pool = new RaydiumAmmV4Pool(new PoolId(RaydiumAmmV4Bytes.PoolKey));
        var writes = Usual.Writes();
        Assert.False(pool.Apply(writes[1]), "a vault that no pool account named yet");
        Assert.True(pool.Apply(writes[0]));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.Equal(3, pool.Accounts.Length);
        Assert.True(pool.Apply(writes[1]));
        Assert.True(pool.Apply(writes[2]));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal((RaydiumAmmV4Bytes.CoinMint, RaydiumAmmV4Bytes.PcMint), (pool.MintA, pool.MintB));
    }

    // 1,000,000 in: fee 2,500; 997,500 * 150e9 / (1e12 + 997,500) = 149,624.85...
    [Theory]
    [InlineData(1_000_000, 149_624)]
    [InlineData(199, 29)] // no fee below 200: 199 * 0.15 = 29.85
    [InlineData(200, 29)] // one unit of fee: 199 are swapped
    public void Exact_in_follows_the_programs_rounding(ulong amountIn, ulong amountOut) =>
        Assert.Equal(Quote.Of(amountIn, amountOut), QuoteIn(Usual.Pool(), amountIn));

    [Theory]
    [InlineData(0, QuoteError.ZeroAmount)]
    [InlineData(6, QuoteError.ZeroResult)]
    [InlineData(ulong.MaxValue, QuoteError.Overflow)]
    [InlineData(ulong.MaxValue - 1_000_000_000_000 + 1, QuoteError.Overflow)]
    [InlineData(ulong.MaxValue - 1_000_000_000_000, QuoteError.None)]
    public void Exact_in_is_refused_as_the_program_does(ulong amountIn, QuoteError error) =>
        Assert.Equal(error, QuoteIn(Usual.Pool(), amountIn).Error);

    [Theory]
    [InlineData(0, QuoteError.ZeroAmount)]
    [InlineData(150_000_000_000, QuoteError.Overflow)]
    [InlineData(149_999_999_999, QuoteError.Overflow)] // the input passes u64
    [InlineData(149_000_000_000, QuoteError.None)]
    public void Exact_out_is_refused_as_the_program_does(ulong amountOut, QuoteError error) =>
        Assert.Equal(
            error,
            Usual.Pool().QuoteExactOut(SwapDirection.AToB, new TokenAmount(amountOut), PoolChecks.Clock).Error);

    [Fact]
    public void Exact_out_that_rounds_to_no_input_is_a_zero_result()
    {
        var pool = new RaydiumAmmV4Bytes { Coins = 2, Pcs = 1_000_000 }.Pool();
        var quote = pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(1), PoolChecks.Clock);
        Assert.Equal(QuoteError.ZeroResult, quote.Error);
    }

    [Theory]
    [InlineData(0, PoolDefect.ImpossibleValue)]
    [InlineData(1, PoolDefect.UnprovenRule)]
    [InlineData(5, PoolDefect.UnprovenRule)]
    [InlineData(7, PoolDefect.UnprovenRule)]
    [InlineData(8, PoolDefect.ImpossibleValue)]
    public void Other_statuses_are_not_quotable(ulong status, PoolDefect defect)
    {
        var pool = new RaydiumAmmV4Bytes { Status = status }.Pool();
        Assert.Equal(defect, pool.Defect);
        Assert.Equal(QuoteError.NotQuotable, QuoteIn(pool, 1_000_000).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.AToB));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_status_without_swaps_refuses_them(ulong status)
    {
        var pool = new RaydiumAmmV4Bytes { Status = status }.Pool();
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(QuoteError.SwapDisabled, QuoteIn(pool, 1_000_000).Error);
    }

    [Fact]
    public void What_is_owed_is_no_reserve()
    {
        var pool = new RaydiumAmmV4Bytes { CoinsOwed = 5, PcsOwed = 7 }.Pool();
        Assert.Equal(1_000_000_000_000u - 5, pool.ReserveA.Units);
        Assert.Equal(150_000_000_000u - 7, pool.ReserveB.Units);
        Assert.Equal(
            PoolDefect.ImpossibleValue, new RaydiumAmmV4Bytes { Coins = 5, CoinsOwed = 5 }.Pool().Defect);
    }

    [Theory]
    [InlineData(TokenLayout.AccountState, 2)] // frozen
    [InlineData(TokenLayout.AccountState, 0)] // not initialised
    [InlineData(TokenLayout.AccountMint, 0xff)] // another mint
    public void A_vault_that_cannot_serve_is_a_defect(int offset, byte value)
    {
        var writes = Usual.Writes();
        var vault = writes[2].Data.ToArray();
        vault[offset] = value;
        var pool = Usual.Pool();
        pool.Apply(writes[2] with { Data = vault });
        Assert.Equal(PoolDefect.ImpossibleValue, pool.Defect);
        pool.Apply(writes[2] with { Owner = Programs.Token2022 });
        Assert.Equal(PoolDefect.WrongOwner, pool.Defect);
        pool.Apply(writes[2] with { Owner = default, Lamports = 0, Data = default });
        Assert.Equal(PoolDefect.AccountClosed, pool.Defect);
        pool.Apply(writes[2]);
        Assert.Equal(PoolDefect.None, pool.Defect);
    }

    [Fact]
    public void Executing_changes_vaults_fees_and_volumes_and_stamps_them()
    {
        var pool = Usual.Pool();
        var executed = pool.Execute(SwapDirection.AToB, new TokenAmount(1_000_000), PoolChecks.Clock, 40);
        Assert.Equal(Quote.Of(1_000_000, 149_624), executed);
        var data = pool.Accounts[0].Data;
        Assert.Equal(1_000_000u, TokenBytes.Get(data, RaydiumAmmV4Layout.CoinIn));
        Assert.Equal(149_624u, TokenBytes.Get(data, RaydiumAmmV4Layout.PcOut));
        Assert.Equal(2_500u, TokenBytes.Get(data, RaydiumAmmV4Layout.CoinFees));
        Assert.Equal(0u, TokenBytes.Get(data, RaydiumAmmV4Layout.PcFees));
        Assert.Equal(1_000_001_000_000u, pool.ReserveA.Units);
        Assert.Equal(150_000_000_000u - 149_624, pool.ReserveB.Units);
        Assert.Equal(PoolChecks.Clock.Slot, pool.Slot);
        Assert.Equal([40, 41, 42], pool.Accounts.ToArray().Select(account => account.WriteVersion));
    }

    [Fact]
    public void A_refused_execution_changes_nothing()
    {
        var pool = Usual.Pool();
        var before = PoolChecks.Bytes(pool);
        var refused = pool.Execute(SwapDirection.AToB, new TokenAmount(1), PoolChecks.Clock, 40);
        Assert.Equal(QuoteError.ZeroResult, refused.Error);
        Assert.Equal(before, PoolChecks.Bytes(pool));
        Assert.Equal(new Slot(1), pool.Slot);
    }

    [Fact]
    public void A_copy_is_equal_and_its_own()
    {
        var pool = Usual.Pool();
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        Assert.Equal(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.Execute(SwapDirection.BToA, new TokenAmount(5_000_000), PoolChecks.Clock, 40);
        Assert.NotEqual(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.CopyFrom(pool);
        Assert.Equal(PoolChecks.Bytes(pool), PoolChecks.Bytes(copy));
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new RaydiumCpmmBytes().Pool()));
    }

    [Fact]
    public void It_depends_on_its_three_accounts_and_its_curve_is_one_piece()
    {
        var pool = Usual.Pool();
        Assert.Equal(3, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        Assert.Equal(2, pool.DependsOn(SwapDirection.AToB, new PoolAccount[2]));
        var curve = new CurveSegment[4];
        Assert.Equal(1, pool.FillCurve(SwapDirection.BToA, curve));
        Assert.Equal(new CurveSegment(0, double.PositiveInfinity, 0, 150e9, 1e12, 0.9975, 1), curve[0]);
    }

    private static Quote QuoteIn(Pool pool, ulong amountIn) =>
        pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amountIn), PoolChecks.Clock);
}
