namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>Places among initialised ticks that stand in ascending order.</summary>
internal static class TickOrder
{
    /// <summary>How many of the ticks are not above <paramref name="tick"/>.</summary>
    public static int CountUpTo(ReadOnlySpan<InitialisedTick> ticks, int tick)
    {
        var (from, to) = (0, ticks.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (ticks[middle].Index <= tick) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /// <summary>Whether <paramref name="position"/> is that count.</summary>
    public static bool IsCountUpTo(ReadOnlySpan<InitialisedTick> ticks, int tick, int position) =>
        (uint)position <= (uint)ticks.Length
        && (position == 0 || ticks[position - 1].Index <= tick)
        && (position == ticks.Length || ticks[position].Index > tick);
}
