using Mev.Domain.Chain;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>Writes into the bytes of the accounts what the program would write for a swap.</summary>
internal static class WhirlpoolExecution
{
    /// <summary>
    /// The pool account after a swap: liquidity, price, tick, the protocol's fee and the fee growth of the input mint,
    /// and the rewards up to the clock's time. Where the clock knows no time (0) or an earlier one than the account
    /// holds (there the program itself would refuse) the rewards stay as they are.
    /// </summary>
    public static void WritePool(
        Span<byte> data, in WhirlpoolSwap swap, SwapDirection direction, in ChainClock clock)
    {
        WriteRewards(data, clock.UnixTime);
        WhirlpoolLayout.Write(data, WhirlpoolLayout.Liquidity, swap.Liquidity);
        WhirlpoolLayout.Write(data, WhirlpoolLayout.SqrtPrice, swap.SqrtPrice);
        WhirlpoolLayout.Write(data, WhirlpoolLayout.Tick, swap.Tick);
        var isA = direction == SwapDirection.AToB;
        var owed = isA ? WhirlpoolLayout.ProtocolOwedA : WhirlpoolLayout.ProtocolOwedB;
        var growth = FeeGrowthOffset(direction);
        unchecked
        {
            WhirlpoolLayout.Write(data, owed, WhirlpoolLayout.ReadUInt64(data, owed) + swap.ProtocolFee);
            WhirlpoolLayout.Write(data, growth, WhirlpoolLayout.ReadUInt128(data, growth) + swap.FeeGrowth);
        }
    }

    /// <summary>Whether the protocol's owed fee would pass u64, where the program panics.</summary>
    public static bool OverflowsOwed(ReadOnlySpan<byte> data, SwapDirection direction, ulong protocolFee)
    {
        var isA = direction == SwapDirection.AToB;
        var owed = isA ? WhirlpoolLayout.ProtocolOwedA : WhirlpoolLayout.ProtocolOwedB;
        return WhirlpoolLayout.ReadUInt64(data, owed) > ulong.MaxValue - protocolFee;
    }

    /// <summary>Where the fee growth of the direction's input mint stands in the pool account.</summary>
    public static int FeeGrowthOffset(SwapDirection direction) =>
        direction == SwapDirection.AToB ? WhirlpoolLayout.FeeGrowthA : WhirlpoolLayout.FeeGrowthB;

    /// <summary>
    /// Turns the growths outside of a crossed tick over: outside becomes global - outside, wrapping. The pool's rewards
    /// must be those of after the swap, its fee growths those of before it; <paramref name="growth"/> is what the input
    /// mint's grew by until the crossing.
    /// </summary>
    public static void TurnTickOver(
        Span<byte> tick, ReadOnlySpan<byte> pool, SwapDirection direction, UInt128 growth)
    {
        unchecked
        {
            var globalA = WhirlpoolLayout.ReadUInt128(pool, WhirlpoolLayout.FeeGrowthA);
            var globalB = WhirlpoolLayout.ReadUInt128(pool, WhirlpoolLayout.FeeGrowthB);
            if (direction == SwapDirection.AToB) globalA += growth;
            else globalB += growth;
            TurnOver(tick, WhirlpoolLayout.TickFeeGrowthA, globalA);
            TurnOver(tick, WhirlpoolLayout.TickFeeGrowthB, globalB);
        }
        for (var i = 0; i < WhirlpoolLayout.RewardCount; i++)
        {
            var reward = pool[(WhirlpoolLayout.Rewards + i * WhirlpoolLayout.RewardLength)..];
            if (!IsRewardInUse(reward)) continue;
            var global = WhirlpoolLayout.ReadUInt128(reward, WhirlpoolLayout.RewardGrowth);
            TurnOver(tick, WhirlpoolLayout.TickRewardGrowths + i * 16, global); // 16 bytes each
        }
    }

    /// <summary>Brings the reward growths of a pool account up to a time, by the liquidity it still has.</summary>
    public static void WriteRewards(Span<byte> data, long unixTime)
    {
        var last = WhirlpoolLayout.ReadUInt64(data, WhirlpoolLayout.RewardTime);
        if (unixTime <= 0 || (ulong)unixTime <= last) return;
        WhirlpoolLayout.Write(data, WhirlpoolLayout.RewardTime, (ulong)unixTime);
        var liquidity = WhirlpoolLayout.ReadUInt128(data, WhirlpoolLayout.Liquidity);
        if (liquidity == UInt128.Zero) return;
        UInt128 seconds = (ulong)unixTime - last;
        for (var i = 0; i < WhirlpoolLayout.RewardCount; i++)
        {
            var reward = data[(WhirlpoolLayout.Rewards + i * WhirlpoolLayout.RewardLength)..];
            var emissions = WhirlpoolLayout.ReadUInt128(reward, WhirlpoolLayout.RewardEmissions);
            // A product above 128 bits stops that reward: the program adds nothing then.
            if (!IsRewardInUse(reward) || emissions > UInt128.MaxValue / seconds) continue;
            unchecked
            {
                var growth = WhirlpoolLayout.ReadUInt128(reward, WhirlpoolLayout.RewardGrowth);
                WhirlpoolLayout.Write(reward, WhirlpoolLayout.RewardGrowth, growth + seconds * emissions / liquidity);
            }
        }
    }

    private static bool IsRewardInUse(ReadOnlySpan<byte> reward) => reward[..Pubkey.Length].ContainsAnyExcept((byte)0);

    private static void TurnOver(Span<byte> tick, int offset, UInt128 global) =>
        WhirlpoolLayout.Write(tick, offset, unchecked(global - WhirlpoolLayout.ReadUInt128(tick, offset)));
}
