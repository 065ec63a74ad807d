using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.OrcaTokenSwap;

public sealed class OrcaTokenSwapPoolTests
{
    private static readonly OrcaTokenSwapBytes Usual = new();

    [Fact]
    public void A_pool_waits_for_its_vaults()
    {
        var pool = new OrcaTokenSwapPool(new PoolId(OrcaTokenSwapBytes.PoolKey));
        foreach (var write in Usual.Writes())
        {
            Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
            Assert.True(pool.Apply(write));
        }
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal((OrcaTokenSwapBytes.MintA, OrcaTokenSwapBytes.MintB), (pool.MintA, pool.MintB));
        Assert.Equal((Usual.AmountA, Usual.AmountB), (pool.ReserveA.Units, pool.ReserveB.Units));
        Assert.False(pool.Apply(TokenBytes.Write(TokenBytes.Key("stranger"), Programs.Token, [1])));
    }

    // Fees of 1,000,004: floor(2,500.01) + floor(500.002) = 3,000; 997,004 * 150e9 / (1e12 + 997,004) = 149,550.45:
    // 149,550 come out, for which 997,001 are enough: 997,001 * 150e9 / (1e12 + 997,001) = 149,550.0009.
    [Fact]
    public void Fees_are_rounded_down_and_no_more_is_taken_than_the_output_needs() =>
        Assert.Equal(Quote.Of(997_001 + 3_000, 149_550), QuoteIn(Usual.Pool(), 1_000_004));

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // both fees are at least 1
    [InlineData(2)]
    [InlineData(8)] // 6 * 0.15 = 0.9
    public void What_buys_nothing_is_refused(ulong amountIn)
    {
        var error = QuoteIn(Usual.Pool(), amountIn).Error;
        Assert.Equal(QuoteError.ZeroResult, error);
        Assert.Equal("custom program error: 0x14", QuoteErrors.ProgramName(Protocol.OrcaTokenSwap, error));
    }

    [Fact]
    public void A_stable_pool_gives_nothing_for_nothing_and_succeeds()
    {
        var pool = OrcaTokenSwapBytes.Stable(5_000_000, 5_000_000, 85).Pool();
        Assert.Equal(Quote.Of(0, 0), QuoteIn(pool, 0));
        Assert.Equal(Quote.Of(1, 0), QuoteIn(pool, 1)); // the fee is all of it
    }

    [Fact]
    public void A_stable_pool_gives_nearly_one_for_one_and_more_the_higher_its_amplification()
    {
        var low = QuoteIn(OrcaTokenSwapBytes.Stable(10_000_000_000, 10_000_000_000, 10).Pool(), 1_000_000_000);
        var high = QuoteIn(OrcaTokenSwapBytes.Stable(10_000_000_000, 10_000_000_000, 1_000).Pool(), 1_000_000_000);
        Assert.True(low.AmountOut.Units < high.AmountOut.Units);
        Assert.InRange(high.AmountOut.Units, 996_000_000UL, 997_000_000UL); // 0.3 % are fee
    }

    [Fact]
    public void A_wanted_output_is_refused_because_the_program_has_no_such_swap()
    {
        var quote = Usual.Pool().QuoteExactOut(SwapDirection.AToB, new TokenAmount(1_000), PoolChecks.Clock);
        Assert.Equal(QuoteError.NoExactOut, quote.Error);
    }

    [Fact]
    public void More_than_anyone_can_own_is_refused() =>
        Assert.Equal(QuoteError.Overflow, QuoteIn(Usual.Pool(), ulong.MaxValue).Error);

    [Theory]
    [InlineData(OrcaTokenSwapLayout.ConstantPrice, PoolDefect.UnprovenRule)]
    [InlineData(OrcaTokenSwapLayout.Offset, PoolDefect.UnprovenRule)]
    [InlineData((byte)4, PoolDefect.ImpossibleValue)]
    [InlineData(OrcaTokenSwapLayout.Stable, PoolDefect.ImpossibleValue)] // without amplification
    public void Curves_that_no_vector_proves_are_decoded_and_not_quoted(byte curve, PoolDefect defect)
    {
        var pool = new OrcaTokenSwapBytes { Curve = curve }.Pool();
        Assert.Equal(defect, pool.Defect);
        Assert.Equal(OrcaTokenSwapBytes.MintB, pool.MintB);
        Assert.Equal(QuoteError.NotQuotable, QuoteIn(pool, 1_000_000).Error);
        Assert.Equal((0.0, 0), (pool.MarginalRate(SwapDirection.AToB), pool.FillCurve(0, new CurveSegment[2])));
    }

    [Fact]
    public void Impossible_fees_and_reserves_are_defects()
    {
        Assert.Equal(PoolDefect.ImpossibleValue, new OrcaTokenSwapBytes { TradeFee = (10, 10) }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new OrcaTokenSwapBytes { OwnerFee = (1, 0) }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new OrcaTokenSwapBytes { AmountA = 0 }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new OrcaTokenSwapBytes { IsInitialised = 0 }.Pool().Defect);
        Assert.Equal(
            PoolDefect.UnprovenRule, new OrcaTokenSwapBytes { TokenProgram = Programs.Token2022 }.Pool().Defect);
        Assert.Equal(PoolDefect.None, new OrcaTokenSwapBytes { TradeFee = (0, 0), OwnerFee = (0, 0) }.Pool().Defect);
    }

    [Fact]
    public void Executing_moves_what_is_taken_and_given_between_the_vaults()
    {
        var pool = Usual.Pool();
        var quote = QuoteIn(pool, 1_000_004);
        Assert.Equal(quote, pool.Execute(SwapDirection.AToB, new TokenAmount(1_000_004), PoolChecks.Clock, 40));
        Assert.Equal(Usual.AmountA + 1_000_001, TokenBytes.Get(pool.Accounts[1].Data, TokenLayout.AccountAmount));
        Assert.Equal(Usual.AmountB - 149_550, TokenBytes.Get(pool.Accounts[2].Data, TokenLayout.AccountAmount));
        Assert.Equal([1, 40, 41], pool.Accounts.ToArray().Select(account => account.WriteVersion));
        Assert.Equal(Usual.AmountA + 1_000_001, pool.ReserveA.Units);
    }

    [Fact]
    public void A_refused_execution_changes_nothing()
    {
        var pool = Usual.Pool();
        var before = PoolChecks.Bytes(pool);
        Assert.False(pool.Execute(SwapDirection.AToB, new TokenAmount(8), PoolChecks.Clock, 40).IsOk);
        Assert.Equal(before, PoolChecks.Bytes(pool));
    }

    [Fact]
    public void A_copy_is_equal_and_its_own()
    {
        var pool = OrcaTokenSwapBytes.Stable(9_000_000_000, 8_000_000_000, 85).Pool();
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        Assert.Equal(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.Execute(SwapDirection.BToA, new TokenAmount(5_000_000_000), PoolChecks.Clock, 40);
        Assert.NotEqual(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.CopyFrom(pool);
        Assert.Equal(PoolChecks.Bytes(pool), PoolChecks.Bytes(copy));
        Assert.Equal(3, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        Assert.Throws<ArgumentException>(() => copy.CopyFrom(new RaydiumAmmV4Bytes().Pool()));
    }

    private static Quote QuoteIn(Pool pool, ulong amountIn) =>
        pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amountIn), PoolChecks.Clock);
}
