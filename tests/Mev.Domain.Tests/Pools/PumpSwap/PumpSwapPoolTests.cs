using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.PumpSwap;

public sealed class PumpSwapPoolTests
{
    private static readonly PumpSwapBytes Usual = new();

    /// <summary>A coin of the bonding curve, 400 SOL for the whole supply.</summary>
    private static readonly PumpSwapBytes OfCurve = new()
    {
        Creator = PumpSwapBytes.BondingCurve,
        HasCoinCreator = true,
    };

    [Fact]
    public void A_pool_waits_for_configs_and_vaults_and_the_supply_where_it_counts()
    {
        var pool = new PumpSwapPool(new PoolId(PumpSwapBytes.PoolKey));
        foreach (var write in OfCurve.Writes())
        {
            Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
            Assert.True(pool.Apply(write));
        }
        Assert.Equal((PoolDefect.None, 6), (pool.Defect, pool.Accounts.Length));
        Assert.Equal((PumpSwapBytes.BaseMint, Mints.Wsol), (pool.MintA, pool.MintB));
        Assert.Equal((OfCurve.Base, OfCurve.Quote), (pool.ReserveA.Units, pool.ReserveB.Units));
        Assert.Equal(6, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));

        var flat = new PumpSwapPool(new PoolId(PumpSwapBytes.PoolKey));
        foreach (var write in Usual.Writes()[..5]) flat.Apply(write);
        Assert.Equal((PoolDefect.None, 5), (flat.Defect, flat.DependsOn(SwapDirection.AToB, new PoolAccount[8])));
        flat.Apply(Usual.Writes()[5]);
        Assert.Equal(5, flat.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        Assert.Equal(1, flat.AlsoReads(new PoolAccount[2]));
    }

    // 1e9 of 200e12 sold for 80e9: floor(80e9 * 1e9 / (200e12 + 1e9)) = 399,998 less ceil(999.995), ceil(199.999).
    [Fact]
    public void A_sale_pays_fees_of_what_it_yields() => Assert.Equal(
        Quote.Of(1_000_000_000, 399_998 - 1_000 - 200), QuoteIn(Usual.Pool(), SwapDirection.AToB, 1_000_000_000));

    // ceil(80e9 * 1e9 / (200e12 - 1e9)) = 400,003 and ceil(1,000.0075), ceil(200.0015) on top.
    [Fact]
    public void A_purchase_pays_fees_on_top() => Assert.Equal(
        Quote.Of(400_003 + 1_001 + 201, 1_000_000_000), QuoteOut(Usual.Pool(), SwapDirection.BToA, 1_000_000_000));

    // Of 1e6 floor(1e6 / 1.003) = 997,008 are left by the fees of 2,493 and 499, and one less is swapped.
    [Fact]
    public void A_purchase_for_a_given_amount_fits_its_fees_into_it()
    {
        var net = 997_008UL;
        var expected = (ulong)((UInt128)200_000_000_000_000 * (net - 1) / (80_000_000_000 + net - 1));
        Assert.Equal(Quote.Of(1_000_000, expected), QuoteIn(Usual.Pool(), SwapDirection.BToA, 1_000_000));
    }

    [Theory]
    [InlineData(SwapDirection.AToB, 0, QuoteError.ZeroAmount)]
    [InlineData(SwapDirection.AToB, 3_000, QuoteError.ZeroResult)] // 1 lamport less two fees
    [InlineData(SwapDirection.AToB, ulong.MaxValue, QuoteError.Overflow)]
    [InlineData(SwapDirection.BToA, 0, QuoteError.ZeroAmount)]
    [InlineData(SwapDirection.BToA, 3, QuoteError.ZeroResult)]
    public void Exact_in_is_refused_where_it_must_fail(SwapDirection direction, ulong amount, QuoteError error) =>
        Assert.Equal(error, QuoteIn(Usual.Pool(), direction, amount).Error);

    [Theory]
    [InlineData(0, QuoteError.ZeroAmount)]
    [InlineData(200_000_000_000_000, QuoteError.Overflow)]
    [InlineData(199_999_999_999_999, QuoteError.Overflow)]
    [InlineData(199_000_000_000_000, QuoteError.None)]
    public void Exact_out_is_refused_where_it_must_fail(ulong amount, QuoteError error) =>
        Assert.Equal(error, QuoteOut(Usual.Pool(), SwapDirection.BToA, amount).Error);

    [Fact]
    public void A_sale_for_a_wanted_amount_is_refused_and_only_proposed()
    {
        var pool = Usual.Pool();
        Assert.Equal(QuoteError.NoExactOut, QuoteOut(pool, SwapDirection.AToB, 1_000).Error);
        Assert.Equal(QuoteError.None, pool.BaseFor(new TokenAmount(398_798), out var units));
        Assert.InRange(QuoteIn(pool, SwapDirection.AToB, units.Units).AmountOut.Units, 398_796UL, 398_799UL);
        Assert.Equal(QuoteError.Overflow, pool.BaseFor(new TokenAmount(Usual.Quote + 1), out units));
        Assert.Equal(0u, units.Units);
    }

    [Fact]
    public void A_recorded_purchase_of_flat_fees_is_met_to_the_unit()
    {
        // Slot 376,243,586: what the transaction's token balances say.
        var pool = new PumpSwapBytes { Base = 148_617_625_980, Quote = 344_034_375_969_831_999 }.Pool();
        var bought = pool.ExecuteExactOut(SwapDirection.BToA, new TokenAmount(201_692_493), PoolChecks.Clock, 40);
        Assert.Equal(Quote.Of(468_934_276_696_458, 201_692_493), bought);
        Assert.Equal(344_034_375_969_831_999UL + 468_700_510_855_632, Vault(pool, 4));
        Assert.Equal(148_617_625_980UL - 201_692_493, Vault(pool, 3));
        Assert.Equal([1, 1, 1, 40, 41, 1], pool.Accounts.ToArray().Select(account => account.WriteVersion));
    }

    [Theory]
    [InlineData(83_999_999_999, 2, 93, 30)] // 419,999,999,995 for the supply
    [InlineData(84_000_000_000, 20, 5, 95)]
    [InlineData(293_999_999_999, 20, 5, 95)]
    [InlineData(294_000_000_000, 20, 5, 90)]
    public void Coins_of_the_bonding_curve_pay_by_market_capitalisation(
        ulong quote, int liquidity, int protocol, int creator) =>
        AssertRates(OfCurve with { Quote = quote }, liquidity + protocol + creator, liquidity);

    [Fact]
    public void Other_coins_and_other_quote_mints_have_other_rates()
    {
        AssertRates(Usual with { HasCoinCreator = true, Flat = (25, 5, 7) }, 37, 25);
        AssertRates(Usual with { Flat = (25, 5, 7) }, 30, 25); // nobody gets the creator's
        AssertRates(Usual with { Flat = (25, 5, 7), PoolLength = 211, HasCoinCreator = true }, 30, 25);
        AssertRates(OfCurve with { QuoteMint = Mints.Usdc }, 21 + 6 + 96, 21);
        AssertRates(OfCurve with { QuoteMint = Mints.Usdc, StableTiers = [] }, 2 + 93 + 30, 2);
        var exotic = OfCurve with { QuoteMint = TokenBytes.Key("exotic") };
        AssertRates(exotic, 30, 25);
        AssertRates(exotic with { Exotic = (40, 10, 1) }, 51, 40);
        // 80e9 * 2e15 / 200e12 = 800e9, or half of it where the supply counts as 1e15.
        AssertRates(OfCurve with { Supply = 2_000_000_000_000_000 }, 20 + 5 + 95, 20);
        AssertRates(OfCurve with { Supply = 2_000_000_000_000_000, IsMayhem = true }, 2 + 93 + 30, 2);
    }

    [Fact]
    public void Rules_that_no_vector_proves_are_decoded_and_not_quoted()
    {
        var own = Usual with { OwnCreatorRate = 30 };
        Assert.Equal(PoolDefect.None, own.Pool().Defect);
        PumpSwapBytes[] unproven =
        [
            own with { IsCreatorRateConfigurable = true }, Usual with { VirtualQuote = 17_584_505_288 },
        ];
        foreach (var bytes in unproven)
        {
            var pool = bytes.Pool();
            Assert.Equal((PoolDefect.UnprovenRule, PumpSwapBytes.BaseMint), (pool.Defect, pool.MintA));
            Assert.Equal(QuoteError.NotQuotable, QuoteIn(pool, SwapDirection.AToB, 1_000_000_000).Error);
            Assert.Equal(0, pool.FillCurve(SwapDirection.BToA, new CurveSegment[1]));
        }
        var shorter = own with { IsCreatorRateConfigurable = true, GlobalConfigLength = 907 };
        Assert.Equal(PoolDefect.None, shorter.Pool().Defect);
        var writes = Usual.Writes();
        writes[4] = writes[4] with { Owner = Programs.Token2022 };
        Assert.Equal(PoolDefect.UnprovenRule, Of(writes).Defect);
    }

    [Fact]
    public void Buying_and_selling_can_be_switched_off_each()
    {
        var noBuys = (Usual with { DisableFlags = PumpSwapLayout.BuyDisabled }).Pool();
        Assert.Equal(QuoteError.SwapDisabled, QuoteIn(noBuys, SwapDirection.BToA, 1_000_000).Error);
        Assert.Equal(QuoteError.SwapDisabled, QuoteOut(noBuys, SwapDirection.BToA, 1_000_000).Error);
        Assert.Equal(0, noBuys.MarginalRate(SwapDirection.BToA));
        Assert.True(QuoteIn(noBuys, SwapDirection.AToB, 1_000_000_000).IsOk);
        var noSales = (Usual with { DisableFlags = PumpSwapLayout.SellDisabled }).Pool();
        Assert.Equal(QuoteError.SwapDisabled, QuoteIn(noSales, SwapDirection.AToB, 1_000_000_000).Error);
        Assert.True(QuoteIn(noSales, SwapDirection.BToA, 1_000_000).IsOk);
    }

    [Fact]
    public void A_coin_of_Token_2022_must_move_freely()
    {
        var free = Usual with { BaseMintToken2022 = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8) };
        Assert.Equal(PoolDefect.None, free.Pool().Defect);
        Assert.Equal(PoolDefect.AccountMissing, Of(free.Writes()[..5]).Defect);
        var taking = Usual with { BaseMintToken2022 = RaydiumCpmmBytes.MintWithFee(new TransferFee(1_000, 50)) };
        Assert.Equal(PoolDefect.TransferFee, taking.Pool().Defect);
        var hooked = Usual with { BaseMintToken2022 = TokenBytes.Mint(TokenExtensionType.TransferHook, 8) };
        Assert.Equal(PoolDefect.RestrictedMint, hooked.Pool().Defect);
    }

    [Fact]
    public void Impossible_rates_and_tiers_that_are_cut_off_are_defects()
    {
        Assert.Equal(PoolDefect.ImpossibleValue, (Usual with { Flat = (9_000, 1_000, 0) }).Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, (OfCurve with { Tiers = [] }).Pool().Defect);
        Assert.Equal(PoolDefect.ImpossibleValue, (Usual with { Base = 0 }).Pool().Defect);
        var writes = OfCurve.Writes();
        writes[2] = writes[2] with { Data = writes[2].Data[..(PumpSwapLayout.FlatRates + 60)] };
        Assert.Equal(PoolDefect.WrongLayout, Of(writes).Defect);
    }

    [Fact]
    public void A_refused_execution_changes_nothing_and_a_copy_is_its_own()
    {
        var pool = OfCurve.Pool();
        var before = PoolChecks.Bytes(pool);
        Assert.False(pool.Execute(SwapDirection.BToA, new TokenAmount(3), PoolChecks.Clock, 40).IsOk);
        Assert.Equal(before, PoolChecks.Bytes(pool));
        var copy = (PumpSwapPool)pool.NewEmpty();
        copy.CopyFrom(pool);
        copy.Execute(SwapDirection.BToA, new TokenAmount(5_000_000_000), PoolChecks.Clock, 40);
        Assert.NotEqual(QuoteIn(pool, SwapDirection.BToA, 777_777), QuoteIn(copy, SwapDirection.BToA, 777_777));
        copy.CopyFrom(pool);
        Assert.Equal(before, PoolChecks.Bytes(copy));
        Assert.Equal(QuoteIn(pool, SwapDirection.BToA, 777_777), QuoteIn(copy, SwapDirection.BToA, 777_777));
    }

    /// <summary>The rates as a large sale and a large purchase show them.</summary>
    private static void AssertRates(PumpSwapBytes bytes, int total, int liquidity)
    {
        var pool = bytes.Pool();
        Assert.Equal(PoolDefect.None, pool.Defect);
        var curve = new CurveSegment[1];
        Assert.Equal(1, pool.FillCurve(SwapDirection.AToB, curve));
        Assert.Equal(1 - total / 10_000.0, curve[0].OutKeep);
        var bought = pool.ExecuteExactOut(
            SwapDirection.BToA, new TokenAmount(bytes.Base / 2), PoolChecks.Clock, writeVersion: 9);
        // Half of the base costs as much as the quote reserve, of which the liquidity's fee stays beside it.
        Assert.Equal(2 * bytes.Quote + (bytes.Quote * (ulong)liquidity + 9_999) / 10_000, Vault(pool, 4));
        Assert.InRange(bought.AmountIn.Units, bytes.Quote + bytes.Quote * (ulong)total / 10_000, bytes.Quote * 2);
    }

    private static PumpSwapPool Of(AccountWrite[] writes)
    {
        var pool = new PumpSwapPool(new PoolId(PumpSwapBytes.PoolKey));
        foreach (var write in writes) pool.Apply(write);
        return pool;
    }

    private static ulong Vault(Pool pool, int place) =>
        TokenBytes.Get(pool.Accounts[place].Data, TokenLayout.AccountAmount);

    private static Quote QuoteIn(PumpSwapPool pool, SwapDirection direction, ulong amountIn) =>
        pool.QuoteExactIn(direction, new TokenAmount(amountIn), PoolChecks.Clock);

    private static Quote QuoteOut(PumpSwapPool pool, SwapDirection direction, ulong amountOut) =>
        pool.QuoteExactOut(direction, new TokenAmount(amountOut), PoolChecks.Clock);
}
