using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;
using static Mev.Fixtures.Pools.RaydiumClmmBytes;

namespace Mev.Domain.Tests.Pools.RaydiumClmm;

/// <summary>What a swap leaves in the bytes of pool and tick arrays.</summary>
public sealed class RaydiumClmmExecutionTests
{
    private static readonly TokenAmount Million = new(1_000_000);

    [Fact]
    public void Executing_moves_the_pool_books_every_fee_and_counts_the_swap()
    {
        var pool = new RaydiumClmmBytes { TradeRate = 10_000 }.Pool();
        var expected = pool.Swap(SwapDirection.BToA, Million, isExactIn: true, PoolChecks.Clock);
        var quote = pool.Execute(SwapDirection.BToA, Million, PoolChecks.Clock, writeVersion: 9);
        Assert.Equal(Quote.Of(expected.AmountIn, expected.AmountOut), quote);
        Assert.Equal((expected.SqrtPrice, expected.Tick), (pool.SqrtPrice, pool.Tick));
        var data = pool.Accounts[0].Data;
        // 10,000 of fee: 12 % to the protocol, 4 % to the fund, both rounded down.
        Assert.Equal((1_200UL, 400UL), (TokenBytes.Get(data, 317), TokenBytes.Get(data, 1072)));
        Assert.Equal(8_400UL, TokenBytes.Get(data, 1048));
        Assert.All([309, 1064, 1032], offset => Assert.Equal(0UL, TokenBytes.Get(pool.Accounts[0].Data, offset)));
        Assert.Equal((1_000_000UL, quote.AmountOut.Units), (TokenBytes.Get(data, 357), TokenBytes.Get(data, 373)));
        Assert.Equal(PoolChecks.Clock.Epoch, TokenBytes.Get(data, 1088));
        Assert.Equal(
            new UInt128(expected.LiquidityFee, 0) / 1_000_000_000_000, BitConverter.ToUInt128(data[293..]));
        Assert.Equal((9UL, 1UL), (pool.Accounts[0].WriteVersion, pool.Accounts[1].WriteVersion));
    }

    [Fact]
    public void Each_crossed_tick_is_turned_over_with_the_growth_until_then()
    {
        (int Tick, Int128 Net)[] ticks = [(-600, 1), (600, -200_000_000_000), (660, -300_000_000_000), (4_200, -7)];
        var bytes = new RaydiumClmmBytes { Ticks = ticks };
        var pool = bytes.Pool();
        var amount = new TokenAmount(34_000_000_000);
        var quote = pool.Execute(SwapDirection.BToA, amount, PoolChecks.Clock, writeVersion: 9);
        Assert.Equal((QuoteError.None, 2), (quote.Error, quote.TicksCrossed));
        Assert.Equal((UInt128)500_000_000_000, pool.Liquidity);
        var array = pool.Accounts.ToArray().Single(account => account.Key == ArrayKey(0));
        Assert.Equal(10UL, array.WriteVersion);
        Assert.Equal(PoolChecks.Clock.Epoch, TokenBytes.Get(array.Data, 10_125));
        var (first, second) = (Growth(array, 600, bytes), Growth(array, 660, bytes));
        var total = BitConverter.ToUInt128(pool.Accounts[0].Data[293..]);
        Assert.True(UInt128.Zero < first && first < second && second < total, $"{first}, {second}, {total}");
        var untouched = pool.Accounts.ToArray().Where(account => account.Key != ArrayKey(0)).Skip(1);
        Assert.All(untouched, account => Assert.Equal(1UL, account.WriteVersion));
    }

    [Fact]
    public void Rewards_accrue_up_to_the_clock_and_end_at_their_end()
    {
        var bytes = new RaydiumClmmBytes();
        var data = bytes.PoolBytes();
        var now = (ulong)PoolChecks.Clock.UnixTime;
        Reward(data.AsSpan(397), now - 100, now + 100, now - 40);
        Reward(data.AsSpan(397 + 169), now - 100, now - 10, now - 40);
        var pool = bytes.Pool();
        pool.Apply(TokenBytes.Write(PoolKey, Programs.RaydiumClmm, data, version: 2));
        Assert.True(pool.Execute(SwapDirection.AToB, Million, PoolChecks.Clock, writeVersion: 9).IsOk);
        var after = pool.Accounts[0].Data;
        var open = after.Slice(397, 169);
        var ended = after.Slice(397 + 169, 169);
        // 2.5 units a second, over a liquidity of 10^12
        Assert.Equal((2, now, 100UL), (open[0], TokenBytes.Get(open, 17), TokenBytes.Get(open, 41)));
        Assert.Equal(((UInt128)5 << 63) * 40 / 1_000_000_000_000, BitConverter.ToUInt128(open[153..]));
        Assert.Equal((3, now - 10, 75UL), (ended[0], TokenBytes.Get(ended, 17), TokenBytes.Get(ended, 41)));
        Assert.False(after.Slice(397 + 338, 169).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_failed_execution_changes_nothing()
    {
        var pool = new RaydiumClmmBytes().Pool();
        var before = PoolChecks.Bytes(pool);
        var all = new TokenAmount(ulong.MaxValue);
        var quote = pool.Execute(SwapDirection.AToB, all, PoolChecks.Clock, writeVersion: 8);
        Assert.Equal(QuoteError.LiquidityInsufficient, quote.Error);
        Assert.Equal(before, PoolChecks.Bytes(pool));
    }

    [Fact]
    public void Fees_that_no_longer_fit_their_sum_are_an_overflow()
    {
        var bytes = new RaydiumClmmBytes();
        var data = bytes.PoolBytes();
        TokenBytes.Set(data, 1032, ulong.MaxValue);
        var pool = bytes.Pool();
        pool.Apply(TokenBytes.Write(PoolKey, Programs.RaydiumClmm, data, version: 2));
        var before = PoolChecks.Bytes(pool);
        Assert.Equal(
            QuoteError.Overflow, pool.Execute(SwapDirection.AToB, Million, PoolChecks.Clock, writeVersion: 9).Error);
        Assert.Equal(before, PoolChecks.Bytes(pool));
    }

    private static UInt128 Growth(PoolAccount array, int tick, RaydiumClmmBytes bytes) =>
        BitConverter.ToUInt128(array.Data[(bytes.OffsetOf(tick) + 52)..]);

    private static void Reward(Span<byte> reward, ulong open, ulong end, ulong last)
    {
        TokenBytes.Set(reward, 1, open);
        TokenBytes.Set(reward, 9, end);
        TokenBytes.Set(reward, 17, last);
        BitConverter.TryWriteBytes(reward[25..], (UInt128)5 << 63);
        reward[57] = 1; // a mint
    }
}
