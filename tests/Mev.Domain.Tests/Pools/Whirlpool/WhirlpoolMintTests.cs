using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;
using Mev.Domain.Pools.Whirlpool;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Pools.Whirlpool;

/// <summary>A Whirlpool is quoted only where its mints are known to move without a fee.</summary>
public sealed class WhirlpoolMintTests
{
    private const ulong OldSlot = 259_999_999;
    private const ulong NewSlot = 300_000_000; // epoch 694

    private static readonly Pubkey MintA = WhirlpoolBytes.Key(2);
    private static readonly Pubkey MintB = WhirlpoolBytes.Key(3);
    private static readonly TransferFee OnePercent = new(ulong.MaxValue, 100);

    [Fact]
    public void Before_the_program_knew_Token_2022_no_mint_is_needed()
    {
        var pool = Pool(OldSlot);
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.Equal(0, pool.AlsoReads(new PoolAccount[2]));
    }

    [Fact]
    public void Since_then_both_mints_are_waited_for()
    {
        var pool = Pool(NewSlot);
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.Equal(QuoteError.NotQuotable, Quote(pool).Error);
        Assert.True(Give(pool, MintA, Programs.Token, new byte[TokenLayout.MintLength]));
        Assert.Equal(PoolDefect.AccountMissing, pool.Defect);
        Assert.True(Give(pool, MintB, Programs.Token2022, TokenBytes.Mint(TokenExtensionType.TokenMetadata, 8)));
        Assert.Equal(PoolDefect.None, pool.Defect);
        Assert.True(Quote(pool).IsOk);
    }

    [Fact]
    public void Mints_that_decide_are_read_and_not_depended_on()
    {
        var pool = Pool(NewSlot);
        GiveBoth(pool, Programs.Token, new byte[TokenLayout.MintLength]);
        var read = new PoolAccount[2];
        Assert.Equal(2, pool.AlsoReads(read));
        Assert.Equal([MintA, MintB], read.Select(account => account.Key));
        var depends = new PoolAccount[8];
        var count = pool.DependsOn(SwapDirection.AToB, depends);
        Assert.DoesNotContain(depends[..count], account => account.Key == MintA || account.Key == MintB);
    }

    [Theory]
    [InlineData(0, 0, 0, PoolDefect.None)]
    [InlineData(0, 100, 0, PoolDefect.TransferFee)] // in force
    [InlineData(0, 100, 1_000, PoolDefect.TransferFee)] // comes later
    [InlineData(100, 0, 1_000, PoolDefect.TransferFee)] // ends later
    [InlineData(100, 0, 694, PoolDefect.None)] // has ended
    public void A_fee_now_or_later_is_refused(
        int olderBasisPoints, int newerBasisPoints, ulong newerEpoch, PoolDefect expected)
    {
        var fees = new TransferFeeSchedule(
            OnePercent with { BasisPoints = (ushort)olderBasisPoints },
            OnePercent with { BasisPoints = (ushort)newerBasisPoints },
            newerEpoch);
        var pool = Pool(NewSlot);
        GiveBoth(pool, Programs.Token2022, TokenBytes.Mint(fees));
        Assert.Equal(expected, pool.Defect);
        Assert.Equal(expected == PoolDefect.None, Quote(pool).IsOk);
        Assert.Equal(expected == PoolDefect.None, pool.MarginalRate(SwapDirection.AToB) > 0);
    }

    [Fact]
    public void A_fee_refuses_a_pool_of_any_time()
    {
        var pool = Pool(OldSlot);
        Give(pool, MintB, Programs.Token2022, TokenBytes.Mint(new TransferFeeSchedule(OnePercent, OnePercent, 0)));
        Assert.Equal(PoolDefect.TransferFee, pool.Defect);
    }

    [Fact]
    public void A_fee_that_is_set_later_ends_the_quotes()
    {
        var pool = Pool(NewSlot);
        GiveBoth(pool, Programs.Token2022, TokenBytes.Mint(default(TransferFeeSchedule)));
        Assert.True(Quote(pool).IsOk);
        Give(pool, MintA, Programs.Token2022, TokenBytes.Mint(new TransferFeeSchedule(default, OnePercent, 2_000)));
        Assert.Equal(PoolDefect.TransferFee, pool.Defect);
    }

    [Fact]
    public void Hooks_foreign_owners_and_closed_mints_are_refused()
    {
        var pool = Pool(NewSlot);
        GiveBoth(pool, Programs.Token2022, TokenBytes.Mint(TokenExtensionType.TransferHook, 64));
        Assert.Equal(PoolDefect.RestrictedMint, pool.Defect);
        GiveBoth(pool, Programs.Whirlpool, new byte[TokenLayout.MintLength]);
        Assert.Equal(PoolDefect.WrongOwner, pool.Defect);
        GiveBoth(pool, default, []);
        Assert.Equal(PoolDefect.AccountClosed, pool.Defect);
    }

    [Fact]
    public void A_copy_knows_the_mints_of_its_source()
    {
        var (pool, copy) = (Pool(NewSlot), new WhirlpoolPool(new PoolId(WhirlpoolBytes.PoolKey)));
        copy.CopyFrom(pool);
        GiveBoth(pool, Programs.Token, new byte[TokenLayout.MintLength]);
        copy.CopyFrom(pool);
        Assert.Equal(PoolDefect.None, copy.Defect);
        Assert.Equal(pool.Accounts.Length, copy.Accounts.Length);
        Assert.Equal(2, copy.AlsoReads(new PoolAccount[2]));
        Give(pool, MintA, Programs.Token2022, TokenBytes.Mint(new TransferFeeSchedule(default, OnePercent, 0)));
        copy.CopyFrom(pool);
        Assert.Equal(PoolDefect.TransferFee, copy.Defect);
    }

    private static WhirlpoolPool Pool(ulong slot)
    {
        var pool = new WhirlpoolPool(new PoolId(WhirlpoolBytes.PoolKey));
        var write = WhirlpoolBytes.Write(WhirlpoolBytes.PoolKey, new WhirlpoolBytes().PoolData());
        Assert.True(pool.Apply(write with { Slot = new Slot(slot) }));
        return pool;
    }

    private static bool Give(WhirlpoolPool pool, Pubkey mint, Pubkey owner, byte[] data) =>
        pool.Apply(WhirlpoolBytes.Write(mint, data, owner: owner));

    private static void GiveBoth(WhirlpoolPool pool, Pubkey owner, byte[] data)
    {
        Give(pool, MintA, owner, data);
        Give(pool, MintB, owner, data);
    }

    private static Quote Quote(WhirlpoolPool pool) =>
        pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(1_000_000), default);
}
