using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumClmm;
using Mev.Domain.Pools.Tokens;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.RaydiumClmmBytes;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

public sealed class RaydiumClmmDecodingTests
{
    private static readonly TokenAmount Million = new(1_000_000);
    private static readonly RaydiumClmmBytes Usual = new();

    public static TheoryData<PoolDefect, string> Defects => new()
    {
        { PoolDefect.WrongOwner, "owner" },
        { PoolDefect.WrongLayout, "discriminator" },
        { PoolDefect.WrongLayout, "cut" },
        { PoolDefect.AccountClosed, "closed" },
        { PoolDefect.ImpossibleValue, "spacing" },
        { PoolDefect.ImpossibleValue, "price low" },
        { PoolDefect.ImpossibleValue, "price high" },
        { PoolDefect.ImpossibleValue, "tick" },
        { PoolDefect.ImpossibleValue, "liquidity" },
        { PoolDefect.ImpossibleValue, "mint" },
        { PoolDefect.UnprovenRule, "fee on output" },
        { PoolDefect.UnprovenRule, "dynamic fee" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void Hostile_pool_bytes_are_named_and_right_ones_heal_them(PoolDefect defect, string what)
    {
        var pool = Usual.Pool();
        Assert.Equal(PoolDefect.None, pool.Defect);
        pool.Apply(Hostile(what));
        Assert.Equal(defect, pool.Defect);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.QuoteExactOut(SwapDirection.BToA, Million, PoolChecks.Clock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Swap(SwapDirection.BToA, Million, true, PoolChecks.Clock).Error);
        Assert.Equal(QuoteError.NotQuotable, pool.Execute(SwapDirection.AToB, Million, PoolChecks.Clock, 3).Error);
        Assert.Equal(0, pool.MarginalRate(SwapDirection.AToB));
        Assert.Equal(0, pool.FillCurve(SwapDirection.AToB, new CurveSegment[9]));
        Assert.Equal(0, pool.DependsOn(SwapDirection.AToB, new PoolAccount[8]));
        pool.Apply(PoolWrite(Usual));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(pool.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).IsOk);
    }

    [Fact]
    public void Every_account_is_waited_for_in_any_order()
    {
        var writes = Usual.Writes();
        foreach (var order in new AccountWrite[][] { writes, [.. Enumerable.Reverse(writes)] })
        {
            var pool = new RaydiumClmmPool(new PoolId(PoolKey));
            foreach (var write in order) pool.Apply(write);
            foreach (var write in order) Assert.True(pool.Apply(write)); // those before the pool account named them
            Assert.Equal(PoolDefect.None, pool.Defect);
            Assert.Equal([-6_000, -600, 600, 6_000], pool.Ticks.ToArray().Select(tick => tick.Index));
        }
        var cold = new RaydiumClmmPool(new PoolId(PoolKey));
        cold.Apply(writes[0]);
        Assert.Equal(PoolDefect.AccountMissing, cold.Defect); // the config
        cold.Apply(writes[1]);
        Assert.Equal(PoolDefect.AccountMissing, cold.Defect); // the array where it stands
    }

    [Fact]
    public void Accounts_of_other_pools_are_left_alone()
    {
        var pool = Usual.Pool();
        var count = pool.Accounts.Length;
        var foreign = Usual.ArrayBytes(36_000);
        TokenBytes.Key("other").CopyTo(foreign.AsSpan(8));
        var extension = Usual.ExtensionBytes();
        TokenBytes.Key("other").CopyTo(extension.AsSpan(8));
        Assert.False(pool.Apply(Part("strange", foreign)));
        Assert.False(pool.Apply(Part("strange", extension)));
        Assert.False(pool.Apply(Part("strange", Usual.ExtensionBytes()))); // it has one
        Assert.False(pool.Apply(Part("strange", Usual.ArrayBytes(36_000)) with { Owner = Programs.RaydiumCpmm }));
        Assert.False(pool.Apply(Part("strange", Usual.ArrayBytes(36_000)[..10_239])));
        Assert.Equal(count, pool.Accounts.Length);
    }

    [Fact]
    public void A_config_must_be_one_and_its_rates_possible()
    {
        (PoolDefect Defect, byte[] Data, Pubkey Owner)[] cases =
        [
            (PoolDefect.WrongOwner, Usual.ConfigBytes(), Programs.RaydiumCpmm),
            (PoolDefect.WrongLayout, Usual.ConfigBytes()[..116], Programs.RaydiumClmm),
            (PoolDefect.WrongLayout, [0, .. Usual.ConfigBytes()[1..]], Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, (Usual with { TradeRate = 1_000_000 }).ConfigBytes(), Programs.RaydiumClmm),
            (PoolDefect.ImpossibleValue, (Usual with { FundRate = 900_000 }).ConfigBytes(), Programs.RaydiumClmm),
            (PoolDefect.UnprovenRule, (Usual with { TradeRate = 500_001 }).ConfigBytes(), Programs.RaydiumClmm),
            (PoolDefect.None, Usual.ConfigBytes(), Programs.RaydiumClmm),
        ];
        var pool = Usual.Pool();
        foreach (var (defect, data, owner) in cases)
        {
            Assert.True(pool.Apply(TokenBytes.Write(Config, owner, data)));
            Assert.Equal(defect, pool.Defect);
        }
    }

    [Fact]
    public void Switched_off_and_not_yet_open_pools_refuse_as_the_program_does()
    {
        var off = (Usual with { Status = 16 }).Pool();
        Assert.Equal(QuoteError.SwapDisabled, off.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).Error);
        Assert.Equal(0, off.MarginalRate(SwapDirection.AToB));
        var on = (Usual with { Status = 15 }).Pool();
        Assert.True(on.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).IsOk);
        var opening = (Usual with { OpenTime = (ulong)PoolChecks.Clock.UnixTime }).Pool();
        Assert.Equal(QuoteError.NotOpenYet, opening.QuoteExactIn(SwapDirection.AToB, Million, PoolChecks.Clock).Error);
        Assert.Equal(QuoteError.NotQuotable, opening.QuoteExactIn(SwapDirection.AToB, Million, default).Error);
        var later = PoolChecks.Clock with { UnixTime = PoolChecks.Clock.UnixTime + 1 };
        Assert.True(opening.QuoteExactIn(SwapDirection.AToB, Million, later).IsOk);
    }

    [Fact]
    public void Mints_are_waited_for_since_the_program_takes_Token_2022_and_must_move_freely()
    {
        var late = Usual.Writes().Select(write => write with { Slot = new Slot(300_000_000) }).ToArray();
        var pool = new RaydiumClmmPool(new PoolId(PoolKey));
        foreach (var write in late.Where(write => write.Key != Mint1)) pool.Apply(write);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        pool.Apply(late.Single(write => write.Key == Mint1));
        Assert.Equal((PoolDefect.None, 2), (pool.Defect, pool.AlsoReads(new PoolAccount[2])));
        (PoolDefect Defect, byte[] Mint)[] cases =
        [
            (PoolDefect.RestrictedMint, TokenBytes.Mint(TokenExtensionType.TransferHook, 1)),
            (PoolDefect.RestrictedMint, TokenBytes.Mint(TokenExtensionType.PermanentDelegate, 1)),
            (PoolDefect.TransferFee, RaydiumCpmmBytes.MintWithFee(new TransferFee(7, 100))),
            (PoolDefect.None, TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8)),
        ];
        foreach (var (defect, mint) in cases)
        {
            pool.Apply(TokenBytes.Write(Mint1, Programs.Token2022, mint));
            Assert.Equal(defect, pool.Defect);
        }
    }

    private static AccountWrite Hostile(string what) => what switch
    {
        "owner" => PoolWrite(Usual) with { Owner = Programs.RaydiumCpmm },
        "discriminator" => PoolWrite(Usual) with { Data = (byte[])[.. new byte[8], .. Usual.PoolBytes()[8..]] },
        "cut" => PoolWrite(Usual) with { Data = Usual.PoolBytes().AsMemory(0, 1543) },
        "closed" => PoolWrite(Usual) with { Data = default, Lamports = 0 },
        "spacing" => PoolWrite(Usual with { Spacing = 0, Ticks = [] }),
        "price low" => PoolWrite(Usual with { SqrtPrice = RaydiumTickMath.SqrtPriceMin - 1, Tick = -443_637 }),
        "price high" => PoolWrite(Usual with { SqrtPrice = RaydiumTickMath.SqrtPriceMax, Tick = 443_636 }),
        "tick" => PoolWrite(Usual with { Tick = 1 }),
        "liquidity" => PoolWrite(Usual with { Liquidity = UInt128.One << 127 }),
        "mint" => PoolWrite(Usual) with
        {
            Data = (byte[])[.. Usual.PoolBytes()[..105], .. Mint0.ToArray(), .. Usual.PoolBytes()[137..]],
        },
        "fee on output" => PoolWrite(Usual with { FeeOn = 1 }),
        "dynamic fee" => PoolWrite(Usual with { DynamicFee = 1 }),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static AccountWrite PoolWrite(RaydiumClmmBytes bytes) =>
        TokenBytes.Write(PoolKey, Programs.RaydiumClmm, bytes.PoolBytes());

    private static AccountWrite Part(string name, byte[] data) =>
        TokenBytes.Write(TokenBytes.Key(name), Programs.RaydiumClmm, data);
}
