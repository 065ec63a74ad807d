using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.Whirlpool;

/// <summary>A state in floating point, for finding where to look. Never a result.</summary>
internal static class WhirlpoolCurve
{
    /// <summary>Output per input at the first price with liquidity in this direction.</summary>
    public static double MarginalRate(in WhirlpoolState state, SwapDirection direction) =>
        IsShut(state, direction) ? 0 : TickCurve.MarginalRate(StretchOf(state, direction));

    /// <summary>The stretches of constant liquidity in walking order, empty ones left out.</summary>
    public static int Fill(in WhirlpoolState state, SwapDirection direction, Span<CurveSegment> segments) =>
        IsShut(state, direction) ? 0 : TickCurve.Fill(StretchOf(state, direction), segments);

    private static bool IsShut(in WhirlpoolState state, SwapDirection direction) =>
        direction == SwapDirection.AToB ? state.Down.IsShut : state.Up.IsShut;

    private static TickStretch StretchOf(in WhirlpoolState state, SwapDirection direction)
    {
        var isDown = direction == SwapDirection.AToB;
        ref readonly var window = ref isDown ? ref state.Down : ref state.Up;
        return new TickStretch
        {
            IsDown = isDown,
            Ticks = state.Ticks,
            Position = state.Position,
            Bound = window.Bound,
            EdgePrice = window.EdgePrice,
            SqrtPrice = state.SqrtPrice,
            Liquidity = state.Liquidity,
            FeeRate = state.FeeRate,
        };
    }
}
