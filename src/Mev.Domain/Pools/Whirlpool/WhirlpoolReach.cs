namespace Mev.Domain.Pools.Whirlpool;

/// <summary>How far a swap comes through the tick arrays that its instruction passes.</summary>
internal static class WhirlpoolReach
{
    /// <summary>
    /// Arrays from the first one on that a swap needs which ends at that price: none lies beyond the edge of the last.
    /// </summary>
    public static int Count(ref readonly WhirlpoolState state, bool isDown, UInt128 sqrtPrice)
    {
        ref readonly var window = ref isDown ? ref state.Down : ref state.Up;
        var span = WhirlpoolLayout.TicksPerArray * state.Spacing;
        for (var count = 1; count < WhirlpoolPool.ArraysPerSwap; count++)
        {
            var edge = isDown ? window.FirstStart - (count - 1) * span : window.FirstStart + count * span - 1;
            var price = TickMath.PriceAt(Math.Clamp(edge, TickMath.TickMin, TickMath.TickMax));
            if (isDown ? sqrtPrice >= price : sqrtPrice <= price) return count;
        }
        return WhirlpoolPool.ArraysPerSwap;
    }
}
