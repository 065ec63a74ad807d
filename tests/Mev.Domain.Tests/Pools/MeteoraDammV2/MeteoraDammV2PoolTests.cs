using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.MeteoraDammV2;

public sealed class MeteoraDammV2PoolTests
{
    private static readonly MeteoraDammV2Bytes Usual = new();

    [Fact]
    public void The_pool_account_alone_makes_a_pool()
    {
        var pool = new MeteoraDammV2Pool(new PoolId(MeteoraDammV2Bytes.PoolKey));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.True(pool.Apply(Usual.Writes()[0]));
        Assert.Equal((PoolDefect.None, 1), (pool.Defect, pool.Accounts.Length));
        Assert.Equal((MeteoraDammV2Bytes.MintA, MeteoraDammV2Bytes.MintB), (pool.MintA, pool.MintB));
    }

    // 1e6 of 1e12 in, price 1: out floor(1e12 * 1e6 / (1e12 + 1e6)) = 999,999; fee ceil(0.25 %) = 2,500.
    [Fact]
    public void The_fee_is_taken_from_what_comes_out()
    {
        Assert.Equal(Quote.Of(1_000_000, 997_499), QuoteIn(Usual.Pool(), SwapDirection.AToB, 1_000_000));
        Assert.Equal(Quote.Of(1_000_000, 997_499), QuoteIn(Usual.Pool(), SwapDirection.BToA, 1_000_000));
    }

    // With fees in B alone 997,500 of 1e6 B are swapped: floor(1e12 * 997,500 / (1e12 + 997,500)) = 997,499.
    [Fact]
    public void Or_always_in_mint_B()
    {
        var pool = new MeteoraDammV2Bytes { CollectMode = 1 }.Pool();
        Assert.Equal(Quote.Of(1_000_000, 997_499), QuoteIn(pool, SwapDirection.BToA, 1_000_000));
        Assert.Equal(Quote.Of(1, 0), QuoteIn(pool, SwapDirection.BToA, 1)); // the fee is all of it
        pool.Execute(SwapDirection.BToA, new TokenAmount(1_000_000), PoolChecks.Clock, 40);
        Assert.Equal(0u, Field(pool, MeteoraDammV2Layout.ProtocolFeeA));
        Assert.Equal(500u, Field(pool, MeteoraDammV2Layout.ProtocolFeeB));
    }

    // 90,000 counted: ceil(90,000^2 * 95,600 / 10^11) = 7,744 of 10^9 beside 2,500,000.
    [Fact]
    public void Volatility_before_the_swap_makes_it_dearer()
    {
        var pool = new MeteoraDammV2Bytes { IsDynamic = true, Volatility = 90_000 }.Pool();
        Assert.Equal(
            Quote.Of(1_000_000_000, 999_000_999 - 2_505_239),
            QuoteIn(pool, SwapDirection.AToB, 1_000_000_000));
    }

    [Fact]
    public void A_swap_counts_its_steps_for_the_next()
    {
        var bytes = new MeteoraDammV2Bytes { IsDynamic = true, Volatility = 90_000 };
        // From 1 to 1 / 1.001 in the square root: floor(0.001 * 10,000) * 2 = 20 steps of the price.
        Assert.Equal(20u * 10_000, Volatility(Executed(bytes, seconds: 5)));
        // After the filter half of what was counted is the new reference; after the decay nothing is.
        var later = Executed(bytes, seconds: 15);
        Assert.Equal(45_000u + 20 * 10_000, Volatility(later));
        Assert.Equal(20u * 10_000, Volatility(Executed(bytes, seconds: 130)));
        Assert.Equal(bytes.LastUpdate + 15, Field(later, MeteoraDammV2Layout.LastUpdate));
        // A swap that moves the price by less than a step is no update.
        var still = bytes.Pool();
        still.Execute(SwapDirection.AToB, new TokenAmount(1_000), At(bytes, 15), 40);
        Assert.Equal(bytes.LastUpdate, Field(still, MeteoraDammV2Layout.LastUpdate));
    }

    [Fact]
    public void A_clock_that_cannot_be_is_refused_where_volatility_needs_it()
    {
        var bytes = new MeteoraDammV2Bytes { IsDynamic = true };
        Assert.Equal(QuoteError.Overflow, QuoteAt(bytes, At(bytes, -1)));
        Assert.Equal(QuoteError.NotQuotable, QuoteAt(bytes, default));
        Assert.Equal(QuoteError.None, QuoteAt(new MeteoraDammV2Bytes(), default));
        Assert.Equal(QuoteError.Overflow, QuoteAt(bytes with { ReferencePrice = 0 }, At(bytes, 5)));
        Assert.Equal(QuoteError.None, QuoteAt(bytes with { ReferencePrice = 0 }, At(bytes, 15)));
    }

    [Fact]
    public void A_swap_beyond_the_range_is_refused_as_the_program_does()
    {
        // From 1 down to a half takes 1e12 of A; up to 2 takes 1e12 of B.
        Assert.True(QuoteIn(Usual.Pool(), SwapDirection.AToB, 1_000_000_000_000).IsOk);
        Assert.True(QuoteIn(Usual.Pool(), SwapDirection.BToA, 1_000_000_000_000).IsOk);
        foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
        {
            var error = QuoteIn(Usual.Pool(), direction, 1_000_000_000_001).Error;
            Assert.Equal("PriceRangeViolation:6015", QuoteErrors.ProgramName(Protocol.MeteoraDammV2, error));
        }
        Assert.Equal(QuoteError.ZeroAmount, QuoteIn(Usual.Pool(), SwapDirection.AToB, 0).Error);
        Assert.Equal(Quote.Of(1, 0), QuoteIn(Usual.Pool(), SwapDirection.AToB, 1));
    }

    [Fact]
    public void A_wanted_output_is_refused_because_no_vector_proves_it()
    {
        var quote = Usual.Pool().QuoteExactOut(SwapDirection.AToB, new TokenAmount(1_000), PoolChecks.Clock);
        Assert.Equal(QuoteError.NoExactOut, quote.Error);
    }

    [Fact]
    public void Swaps_switched_off_or_before_the_activation_are_refused()
    {
        Assert.Equal(QuoteError.SwapDisabled, QuoteAt(new MeteoraDammV2Bytes { Status = 1 }, PoolChecks.Clock));
        var byTime = new MeteoraDammV2Bytes { ActivationPoint = (ulong)PoolChecks.Clock.UnixTime + 1 };
        Assert.Equal(QuoteError.NotOpenYet, QuoteAt(byTime, PoolChecks.Clock));
        Assert.Equal(QuoteError.NotQuotable, QuoteAt(byTime, PoolChecks.Clock with { UnixTime = 0 }));
        var then = PoolChecks.Clock with { UnixTime = PoolChecks.Clock.UnixTime + 1 };
        Assert.Equal(QuoteError.None, QuoteAt(byTime, then));
        var bySlot = new MeteoraDammV2Bytes { ActivationType = 0, ActivationPoint = PoolChecks.Clock.Slot.Value + 1 };
        Assert.Equal(QuoteError.NotOpenYet, QuoteAt(bySlot, PoolChecks.Clock));
        var next = PoolChecks.Clock with { Slot = new Slot(PoolChecks.Clock.Slot.Value + 1) };
        Assert.Equal(QuoteError.None, QuoteAt(bySlot, next));
    }

    [Fact]
    public void Rules_that_no_vector_proves_are_decoded_and_not_quoted()
    {
        var falling = new MeteoraDammV2Bytes { Periods = 5, PeriodFrequency = 60, PeriodReduction = 1_000 };
        MeteoraDammV2Bytes[] unproven =
        [
            falling, falling with { BaseFeeMode = 1 }, Usual with { BaseFeeMode = 2 }, Usual with { CollectMode = 2 },
            Usual with { Version = 1 }, Usual with { PartnerPercent = 10 },
            Usual with { IsDynamic = true, BinStep = 2 },
        ];
        foreach (var bytes in unproven)
        {
            var pool = bytes.Pool();
            Assert.Equal((PoolDefect.UnprovenRule, MeteoraDammV2Bytes.MintA), (pool.Defect, pool.MintA));
            Assert.Equal(QuoteError.NotQuotable, QuoteIn(pool, SwapDirection.AToB, 1_000).Error);
            Assert.Equal(0, pool.FillCurve(SwapDirection.AToB, new CurveSegment[1]));
        }
        Assert.Equal(PoolDefect.None, (falling with { PeriodFrequency = 0 }).Pool().Defect);
    }

    [Fact]
    public void Impossible_values_are_defects()
    {
        MeteoraDammV2Bytes[] impossible =
        [
            Usual with { Liquidity = 0 }, Usual with { SqrtPrice = MeteoraDammV2Bytes.One * 3 },
            Usual with { SqrtPriceMin = 1 }, Usual with { SqrtPriceMax = UInt128.MaxValue },
            Usual with { ProtocolPercent = 101 }, Usual with { ActivationType = 2 }, Usual with { Status = 2 },
            Usual with { IsDynamic = true, Volatility = 1UL << 32 },
            Usual with { IsDynamic = true, ReferencePrice = 5 },
        ];
        Assert.All(impossible, bytes => Assert.Equal(PoolDefect.ImpossibleValue, bytes.Pool().Defect));
    }

    [Fact]
    public void A_mint_of_Token_2022_is_waited_for_and_must_move_freely()
    {
        var free = new MeteoraDammV2Bytes { MintBToken2022 = TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8) };
        var pool = new MeteoraDammV2Pool(new PoolId(MeteoraDammV2Bytes.PoolKey));
        pool.Apply(free.Writes()[0]);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        pool.Apply(free.Writes()[1]);
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(1, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        Assert.Equal(1, pool.AlsoReads(new PoolAccount[2]));
        var taking = free with { MintBToken2022 = RaydiumCpmmBytes.MintWithFee(new TransferFee(1_000, 50)) };
        Assert.Equal(PoolDefect.TransferFee, taking.Pool().Defect);
        var hooked = free with { MintBToken2022 = TokenBytes.Mint(TokenExtensionType.TransferHook, 8) };
        Assert.Equal(PoolDefect.RestrictedMint, hooked.Pool().Defect);
    }

    [Fact]
    public void A_refused_execution_changes_nothing_and_owed_fees_never_overflow()
    {
        var pool = new MeteoraDammV2Bytes { ProtocolFeeA = ulong.MaxValue }.Pool();
        var before = PoolChecks.Bytes(pool);
        var executed = pool.Execute(SwapDirection.BToA, new TokenAmount(1_000_000), PoolChecks.Clock, 40);
        Assert.Equal(QuoteError.Overflow, executed.Error);
        Assert.Equal(before, PoolChecks.Bytes(pool));
        Assert.True(pool.Execute(SwapDirection.AToB, new TokenAmount(1_000_000), PoolChecks.Clock, 40).IsOk);
        Assert.Equal(40u, pool.Accounts[0].WriteVersion);
    }

    [Fact]
    public void A_copy_is_equal_and_its_own()
    {
        var bytes = new MeteoraDammV2Bytes { IsDynamic = true };
        var pool = bytes.Pool();
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        copy.Execute(SwapDirection.BToA, new TokenAmount(5_000_000_000), PoolChecks.Clock, 40);
        Assert.NotEqual(
            QuoteIn(pool, SwapDirection.AToB, 777_777), QuoteIn((MeteoraDammV2Pool)copy, SwapDirection.AToB, 777_777));
        copy.CopyFrom(pool);
        Assert.Equal(PoolChecks.Bytes(pool), PoolChecks.Bytes(copy));
        Assert.Equal(
            QuoteIn(pool, SwapDirection.AToB, 777_777), QuoteIn((MeteoraDammV2Pool)copy, SwapDirection.AToB, 777_777));
    }

    [Fact]
    public void The_curve_ends_with_the_range()
    {
        var curve = new CurveSegment[1];
        Assert.Equal(1, Usual.Pool().FillCurve(SwapDirection.AToB, curve));
        Assert.Equal(new CurveSegment(0, 1e12, 0, 1e12, 1e12, 1, 0.9975), curve[0]);
        Assert.Equal(1, (Usual with { CollectMode = 1 }).Pool().FillCurve(SwapDirection.BToA, curve));
        Assert.Equal(new CurveSegment(0, 1e12 / 0.9975, 0, 1e12, 1e12, 0.9975, 1), curve[0]);
    }

    [Fact]
    public void A_recorded_account_decodes()
    {
        var key = "8Pm2kZpnxD3hoMmt4bjStX2Pw2Z9abpbHzZxMPqxPmie";
        var data = File.ReadAllBytes(TestData.Need("accounts", "meteora-zap", key + ".bin"));
        var write = TokenBytes.Write(Pubkey.Parse(key), Programs.MeteoraDammV2, data);
        var pool = Assert.IsType<MeteoraDammV2Pool>(PoolDecoder.TryCreate(write));
        pool.Apply(write);
        Assert.Equal((PoolDefect.None, Mints.Usdc), (pool.Defect, pool.MintB));
        Assert.True(QuoteIn(pool, SwapDirection.AToB, 1_000_000).IsOk);
    }

    private static MeteoraDammV2Pool Executed(MeteoraDammV2Bytes bytes, int seconds)
    {
        var pool = bytes.Pool();
        pool.Execute(SwapDirection.AToB, new TokenAmount(1_000_000_000), At(bytes, seconds), 40);
        return pool;
    }

    private static ChainClock At(MeteoraDammV2Bytes bytes, int seconds) =>
        PoolChecks.Clock with { UnixTime = (long)bytes.LastUpdate + seconds };

    private static uint Volatility(Pool pool) => (uint)Field(pool, MeteoraDammV2Layout.Volatility);

    private static ulong Field(Pool pool, int offset) => TokenBytes.Get(pool.Accounts[0].Data, offset);

    private static Quote QuoteIn(MeteoraDammV2Pool pool, SwapDirection direction, ulong amountIn) =>
        pool.QuoteExactIn(direction, new TokenAmount(amountIn), PoolChecks.Clock);

    private static QuoteError QuoteAt(MeteoraDammV2Bytes bytes, in ChainClock clock) =>
        bytes.Pool().QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), clock).Error;
}
