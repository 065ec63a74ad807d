using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.RaydiumCpmm;

public sealed class RaydiumCpmmPoolTests
{
    private static readonly RaydiumCpmmBytes Usual = new();
    private static readonly TransferFee HalfPercent = new(Maximum: 1_000, BasisPoints: 50);

    [Fact]
    public void A_pool_waits_for_config_and_vaults()
    {
        var pool = new RaydiumCpmmPool(new PoolId(RaydiumCpmmBytes.PoolKey));
        foreach (var write in Usual.Writes())
        {
            Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
            Assert.True(pool.Apply(write));
        }
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(4, pool.Accounts.Length);
        Assert.False(pool.Apply(TokenBytes.Write(TokenBytes.Key("stranger"), Programs.Token, [1])));
    }

    [Fact]
    public void A_mint_is_waited_for_only_when_it_is_of_Token_2022()
    {
        var writes = new RaydiumCpmmBytes { Mint1Token2022 = RaydiumCpmmBytes.MintWithFee(HalfPercent) }.Writes();
        var pool = new RaydiumCpmmPool(new PoolId(RaydiumCpmmBytes.PoolKey));
        foreach (var write in writes[..4]) pool.Apply(write);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.True(pool.Apply(writes[4]));
        Assert.Equal(PoolDefect.None, pool.Defect);
    }

    // 1,000,001 in: fee ceil(2,500.0025) = 2,501; 997,500 * 150e9 / (1e12 + 997,500) = 149,624.85...
    [Theory]
    [InlineData(1_000_001, 149_624)]
    [InlineData(8, 1)] // fee 1: 7 * 0.15 = 1.05
    public void Exact_in_rounds_the_fee_up(ulong amountIn, ulong amountOut) =>
        Assert.Equal(Quote.Of(amountIn, amountOut), QuoteIn(Usual.Pool(), amountIn));

    [Theory]
    [InlineData(0, QuoteError.ZeroAmount)]
    [InlineData(7, QuoteError.ZeroResult)]
    [InlineData(ulong.MaxValue, QuoteError.Overflow)]
    public void Exact_in_is_refused_as_the_program_does(ulong amountIn, QuoteError error) =>
        Assert.Equal(error, QuoteIn(Usual.Pool(), amountIn).Error);

    [Theory]
    [InlineData(0, QuoteError.ZeroAmount)]
    [InlineData(150_000_000_000, QuoteError.Overflow)]
    [InlineData(149_999_999_999, QuoteError.Overflow)]
    [InlineData(149_000_000_000, QuoteError.None)]
    public void Exact_out_is_refused_as_the_program_does(ulong amountOut, QuoteError error) =>
        Assert.Equal(error, QuoteOut(Usual.Pool(), amountOut).Error);

    [Fact]
    public void The_creators_fee_is_taken_where_the_pool_says()
    {
        // with 1 % for the creator on the input 1.25 % of 1,000,000 is fee: 987,500 are swapped
        Assert.Equal(Quote.Of(1_000_000, 148_124), QuoteIn(Creator(0), 1_000_000));
        Assert.Equal(Quote.Of(1_000_000, 148_124), QuoteIn(Creator(1), 1_000_000));
        // on the output 149,624 come out, of which ceil(1,496.24) stay
        Assert.Equal(Quote.Of(1_000_000, 148_127), QuoteIn(Creator(2), 1_000_000));
    }

    [Fact]
    public void A_transfer_fee_is_kept_back_on_either_side_up_to_its_maximum()
    {
        var pool = new RaydiumCpmmBytes { Mint1Token2022 = RaydiumCpmmBytes.MintWithFee(HalfPercent) }.Pool();
        // 149,624 leave the vault, ceil(748.12) are withheld
        Assert.Equal(Quote.Of(1_000_000, 148_875), QuoteIn(pool, 1_000_000));
        var large = new RaydiumCpmmBytes().Pool();
        Assert.Equal(
            QuoteIn(large, 100_000_000).AmountOut.Units - 1_000, QuoteIn(pool, 100_000_000).AmountOut.Units);
        // 149,624 of token 1 in: 748.12 -> 749 withheld, 148,875 reach the pool
        var fewer = large.QuoteExactIn(SwapDirection.BToA, new TokenAmount(148_875), PoolChecks.Clock);
        var quote = pool.QuoteExactIn(SwapDirection.BToA, new TokenAmount(149_624), PoolChecks.Clock);
        Assert.Equal(Quote.Of(149_624, fewer.AmountOut.Units), quote);
    }

    [Fact]
    public void The_newer_transfer_fee_holds_from_its_epoch_on()
    {
        var fees = new TransferFeeSchedule(default, HalfPercent, NewerEpoch: PoolChecks.Clock.Epoch + 1);
        var pool = new RaydiumCpmmBytes { Mint1Token2022 = TokenBytes.Mint(fees) }.Pool();
        var later = PoolChecks.Clock with { Slot = new Slot(fees.NewerEpoch * ChainClock.SlotsPerEpoch) };
        Assert.Equal(Quote.Of(1_000_000, 149_624), QuoteIn(pool, 1_000_000));
        Assert.Equal(
            Quote.Of(1_000_000, 148_875), pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), later));
    }

    [Theory]
    [InlineData(TokenExtensionType.TransferHook, PoolDefect.RestrictedMint)]
    [InlineData(TokenExtensionType.NonTransferable, PoolDefect.RestrictedMint)]
    [InlineData(TokenExtensionType.DefaultAccountState, PoolDefect.RestrictedMint)]
    [InlineData(TokenExtensionType.PermanentDelegate, PoolDefect.RestrictedMint)]
    [InlineData((TokenExtensionType)26, PoolDefect.RestrictedMint)]
    [InlineData(TokenExtensionType.MetadataPointer, PoolDefect.None)]
    [InlineData(TokenExtensionType.TokenMetadata, PoolDefect.None)]
    public void A_mint_that_may_block_transfers_is_not_quoted(TokenExtensionType type, PoolDefect defect) =>
        Assert.Equal(defect, new RaydiumCpmmBytes { Mint1Token2022 = TokenBytes.Mint(type, 1) }.Pool().Defect);

    [Fact]
    public void Swaps_switched_off_or_before_the_opening_are_refused()
    {
        Assert.Equal(QuoteError.SwapDisabled, QuoteIn(new RaydiumCpmmBytes { Status = 4 }.Pool(), 1_000_000).Error);
        Assert.True(QuoteIn(new RaydiumCpmmBytes { Status = 3 }.Pool(), 1_000_000).IsOk);
        var opening = new RaydiumCpmmBytes { OpenTime = (ulong)PoolChecks.Clock.UnixTime + 1 }.Pool();
        Assert.Equal(QuoteError.NotOpenYet, QuoteIn(opening, 1_000_000).Error);
        var then = PoolChecks.Clock with { UnixTime = PoolChecks.Clock.UnixTime + 1 };
        Assert.True(opening.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), then).IsOk);
        var unknown = PoolChecks.Clock with { UnixTime = 0 };
        var quote = opening.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), unknown);
        Assert.Equal(QuoteError.NotQuotable, quote.Error);
    }

    [Fact]
    public void Impossible_rates_and_debts_are_defects_and_no_fee_at_all_is_unproven()
    {
        Assert.Equal(PoolDefect.ImpossibleValue, new RaydiumCpmmBytes { TradeRate = 1_000_000 }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new RaydiumCpmmBytes { CreatorRate = 999_999 }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new RaydiumCpmmBytes { Amount0 = 5, Owed0 = 5 }.Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, new RaydiumCpmmBytes { CreatorFeeOn = 3 }.Pool().Defect);
        Assert.Equal(PoolDefect.UnprovenRule, new RaydiumCpmmBytes { TradeRate = 0 }.Pool().Defect);
    }

    [Fact]
    public void Executing_accrues_what_is_owed_and_withholds_transfer_fees()
    {
        var mint = RaydiumCpmmBytes.MintWithFee(HalfPercent);
        var pool = new RaydiumCpmmBytes { Mint1Token2022 = mint, CreatorRate = 10_000, CreatorFeeOn = 1 }.Pool();
        var executed = pool.Execute(SwapDirection.BToA, new TokenAmount(149_624), PoolChecks.Clock, 40);
        // 148,875 reach the pool; trade fee ceil(372.19) = 373: 44 to the protocol, 14 to the fund
        var output = (ulong)((UInt128)148_502 * 1_000_000_000_000 / (150_000_000_000 + 148_502));
        var creator = (output + 99) / 100;
        Assert.Equal(Quote.Of(149_624, output - creator), executed);
        var data = pool.Accounts[0].Data;
        Assert.Equal(44u, TokenBytes.Get(data, RaydiumCpmmLayout.ProtocolOwed + 8));
        Assert.Equal(14u, TokenBytes.Get(data, RaydiumCpmmLayout.FundOwed + 8));
        Assert.Equal(creator, TokenBytes.Get(data, RaydiumCpmmLayout.CreatorOwed));
        Assert.Equal(0u, TokenBytes.Get(data, RaydiumCpmmLayout.CreatorOwed + 8));
        Assert.Equal(PoolChecks.Clock.Epoch, TokenBytes.Get(data, RaydiumCpmmLayout.RecentEpoch));
        var vault = pool.Accounts[3].Data;
        Assert.Equal(150_000_148_875u, TokenBytes.Get(vault, TokenLayout.AccountAmount));
        Assert.Equal(749u, TokenBytes.Get(vault, TokenLayout.Extensions + 4));
        Assert.Equal(150_000_148_875u - 44 - 14, pool.ReserveB.Units);
        Assert.Equal([40, 1, 41, 42, 1], pool.Accounts.ToArray().Select(account => account.WriteVersion));
    }

    [Fact]
    public void A_refused_execution_changes_nothing()
    {
        var pool = Usual.Pool();
        var before = PoolChecks.Bytes(pool);
        Assert.False(pool.Execute(SwapDirection.AToB, new TokenAmount(7), PoolChecks.Clock, 40).IsOk);
        Assert.Equal(before, PoolChecks.Bytes(pool));
    }

    [Fact]
    public void A_copy_is_equal_and_its_own()
    {
        var pool = new RaydiumCpmmBytes { Mint1Token2022 = RaydiumCpmmBytes.MintWithFee(HalfPercent) }.Pool();
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        Assert.Equal(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.Execute(SwapDirection.BToA, new TokenAmount(5_000_000), PoolChecks.Clock, 40);
        Assert.NotEqual(QuoteIn(pool, 777_777), QuoteIn(copy, 777_777));
        copy.CopyFrom(pool);
        Assert.Equal(PoolChecks.Bytes(pool), PoolChecks.Bytes(copy));
    }

    [Fact]
    public void It_depends_on_mints_only_where_they_take_a_fee()
    {
        var harmless = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 10);
        var plain = new RaydiumCpmmBytes { Mint1Token2022 = harmless }.Pool();
        var taking = new RaydiumCpmmBytes { Mint1Token2022 = RaydiumCpmmBytes.MintWithFee(HalfPercent) }.Pool();
        Assert.Equal(4, plain.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        Assert.Equal(5, taking.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        var curve = new CurveSegment[1];
        Assert.Equal(1, taking.FillCurve(SwapDirection.AToB, curve));
        Assert.Equal(new CurveSegment(0, double.PositiveInfinity, 0, 1e12, 150e9, 0.9975, 0.995), curve[0]);
    }

    private static RaydiumCpmmPool Creator(byte on) =>
        new RaydiumCpmmBytes { CreatorRate = 10_000, CreatorFeeOn = on }.Pool();

    private static Quote QuoteIn(Pool pool, ulong amountIn) =>
        pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(amountIn), PoolChecks.Clock);

    private static Quote QuoteOut(Pool pool, ulong amountOut) =>
        pool.QuoteExactOut(SwapDirection.AToB, new TokenAmount(amountOut), PoolChecks.Clock);
}
