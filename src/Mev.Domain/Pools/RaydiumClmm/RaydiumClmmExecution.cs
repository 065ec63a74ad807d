using Mev.Domain.Chain;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <summary>Writes into the bytes of the accounts what the program would write for a swap.</summary>
internal static class RaydiumClmmExecution
{
    /// <summary>
    /// The pool account after a swap: liquidity, price, tick, fee growth of the input mint, all fees of it, the totals
    /// of all swaps and the epoch. The rewards are brought up to the clock's time before.
    /// </summary>
    public static void WritePool(
        Span<byte> data, in RaydiumClmmSwap swap, SwapDirection direction, in ChainClock clock)
    {
        var places = PlacesOf(direction);
        RaydiumClmmLayout.Write(data, RaydiumClmmLayout.Liquidity, swap.Liquidity);
        RaydiumClmmLayout.Write(data, RaydiumClmmLayout.SqrtPrice, swap.SqrtPrice);
        RaydiumClmmLayout.Write(data, RaydiumClmmLayout.Tick, swap.Tick);
        RaydiumClmmLayout.Write(data, places.Growth, AccountBytes.U128(data, places.Growth) + swap.FeeGrowth);
        AccountBytes.Add(data, places.ProtocolFees, swap.ProtocolFee);
        AccountBytes.Add(data, places.FundFees, swap.FundFee);
        AccountBytes.Add(data, places.TotalFees, swap.LiquidityFee);
        AccountBytes.AddWide(data, places.SwapIn, swap.AmountIn);
        AccountBytes.AddWide(data, places.SwapOut, swap.AmountOut);
        AccountBytes.Set(data, RaydiumClmmLayout.RecentEpoch, clock.Epoch);
    }

    /// <summary>Whether a sum of the pool account would pass its width, where the program panics.</summary>
    public static bool Overflows(ReadOnlySpan<byte> data, in RaydiumClmmSwap swap, SwapDirection direction)
    {
        var places = PlacesOf(direction);
        return AccountBytes.U64(data, places.ProtocolFees) > ulong.MaxValue - swap.ProtocolFee
            || AccountBytes.U64(data, places.FundFees) > ulong.MaxValue - swap.FundFee
            || AccountBytes.U64(data, places.TotalFees) > ulong.MaxValue - swap.LiquidityFee
            || AccountBytes.U128(data, places.Growth) > UInt128.MaxValue - swap.FeeGrowth
            || AccountBytes.U128(data, places.SwapIn) > UInt128.MaxValue - swap.AmountIn
            || AccountBytes.U128(data, places.SwapOut) > UInt128.MaxValue - swap.AmountOut;
    }

    /// <summary>
    /// Turns the growths outside of a crossed tick over: outside becomes global - outside, wrapping. The pool's rewards
    /// must be those of after the swap, its fee growths those of before it; <paramref name="growth"/> is what the input
    /// mint's grew by until the crossing.
    /// </summary>
    public static void TurnTickOver(
        Span<byte> tick, ReadOnlySpan<byte> pool, SwapDirection direction, UInt128 growth)
    {
        var isA = direction == SwapDirection.AToB;
        var global0 = AccountBytes.U128(pool, RaydiumClmmLayout.FeeGrowth0) + (isA ? growth : UInt128.Zero);
        var global1 = AccountBytes.U128(pool, RaydiumClmmLayout.FeeGrowth1) + (isA ? UInt128.Zero : growth);
        TurnOver(tick, RaydiumClmmLayout.TickFeeGrowth0, global0);
        TurnOver(tick, RaydiumClmmLayout.TickFeeGrowth1, global1);
        for (var i = 0; i < RaydiumClmmLayout.RewardCount; i++)
        {
            var reward = pool[(RaydiumClmmLayout.Rewards + i * RaydiumClmmLayout.RewardLength)..];
            if (!IsRewardInUse(reward)) continue;
            var global = AccountBytes.U128(reward, RaydiumClmmLayout.RewardGrowth);
            TurnOver(tick, RaydiumClmmLayout.TickRewardGrowths + i * 16, global); // 16 bytes each
        }
    }

    /// <summary>
    /// Brings the rewards of a pool account up to a time, by the liquidity it still has. Where the clock knows no time
    /// (0), or a sum would not fit (there the program itself would refuse), they stay as they are.
    /// </summary>
    public static void WriteRewards(Span<byte> data, long unixTime)
    {
        var liquidity = AccountBytes.U128(data, RaydiumClmmLayout.Liquidity);
        for (var i = 0; i < RaydiumClmmLayout.RewardCount; i++)
        {
            var reward = data[(RaydiumClmmLayout.Rewards + i * RaydiumClmmLayout.RewardLength)..];
            if (IsRewardInUse(reward) && unixTime > 0) WriteReward(reward, (ulong)unixTime, liquidity);
        }
    }

    private static void WriteReward(Span<byte> reward, ulong time, UInt128 liquidity)
    {
        const byte open = 2; // states of the program
        const byte ended = 3;
        var end = AccountBytes.U64(reward, RaydiumClmmLayout.RewardEndTime);
        if (time <= AccountBytes.U64(reward, RaydiumClmmLayout.RewardOpenTime)) return;
        time = Math.Min(time, end);
        var last = AccountBytes.U64(reward, RaydiumClmmLayout.RewardUpdateTime);
        if (liquidity != UInt128.Zero && !TryAccrue(reward, time, last, liquidity)) return;
        AccountBytes.Set(reward, RaydiumClmmLayout.RewardUpdateTime, time);
        if (time == end) reward[0] = ended;
        else if (time >= AccountBytes.U64(reward, RaydiumClmmLayout.RewardOpenTime)) reward[0] = open;
    }

    // Growth by floor(seconds * emissions / liquidity), the whole by ceil(seconds * emissions / 2^64).
    private static bool TryAccrue(Span<byte> reward, ulong time, ulong last, UInt128 liquidity)
    {
        if (time < last) return false;
        var emissions = AccountBytes.U128(reward, RaydiumClmmLayout.RewardEmissions);
        if (time > last && emissions > UInt128.MaxValue / (time - last)) return false;
        var emitted = emissions * (time - last);
        var whole = (emitted >> 64) + ((ulong)(emitted & ulong.MaxValue) != 0 ? UInt128.One : UInt128.Zero);
        var growth = AccountBytes.U128(reward, RaydiumClmmLayout.RewardGrowth);
        var total = AccountBytes.U64(reward, RaydiumClmmLayout.RewardEmitted);
        if (growth > UInt128.MaxValue - emitted / liquidity || whole > ulong.MaxValue - total) return false;
        RaydiumClmmLayout.Write(reward, RaydiumClmmLayout.RewardGrowth, growth + emitted / liquidity);
        AccountBytes.Set(reward, RaydiumClmmLayout.RewardEmitted, total + (ulong)whole);
        return true;
    }

    private static bool IsRewardInUse(ReadOnlySpan<byte> reward) =>
        reward.Slice(RaydiumClmmLayout.RewardMint, Pubkey.Length).ContainsAnyExcept((byte)0);

    private static void TurnOver(Span<byte> tick, int offset, UInt128 global) =>
        RaydiumClmmLayout.Write(tick, offset, unchecked(global - AccountBytes.U128(tick, offset)));

    private static Places PlacesOf(SwapDirection direction) => direction == SwapDirection.AToB
        ? new Places(
            RaydiumClmmLayout.FeeGrowth0, RaydiumClmmLayout.ProtocolFees0, RaydiumClmmLayout.FundFees0,
            RaydiumClmmLayout.TotalFees0, RaydiumClmmLayout.SwapIn0, RaydiumClmmLayout.SwapOut1)
        : new Places(
            RaydiumClmmLayout.FeeGrowth1, RaydiumClmmLayout.ProtocolFees1, RaydiumClmmLayout.FundFees1,
            RaydiumClmmLayout.TotalFees1, RaydiumClmmLayout.SwapIn1, RaydiumClmmLayout.SwapOut0);

    /// <summary>Where the sums of a direction stand in the pool account.</summary>
    private readonly record struct Places(
        int Growth, int ProtocolFees, int FundFees, int TotalFees, int SwapIn, int SwapOut);
}
