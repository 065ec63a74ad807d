using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

/// <summary>
/// WSOL buys X cheaply in the first pool and X sells dearly in the second: a gap of five percent. A third pool sells X
/// for Y and a fourth Y for WSOL at the dear price, so a second way round exists.
/// </summary>
internal static class TwoPools
{
    public const ulong Deep = 1_000_000_000_000;

    public static readonly PoolId First = Scene.Id(1);
    public static readonly PoolId Second = Scene.Id(2);
    public static readonly PoolId Third = Scene.Id(3);
    public static readonly PoolId Fourth = Scene.Id(4);

    public static readonly Hop[] Cycle = [new(First, SwapDirection.AToB), new(Second, SwapDirection.BToA)];

    public static readonly Hop[] WayRound =
    [
        new(First, SwapDirection.AToB), new(Third, SwapDirection.AToB), new(Fourth, SwapDirection.BToA),
    ];

    public static Scene Open() => new Scene()
        .Add(First, Scene.Wsol, Scene.X, Deep, Deep)
        .Add(Second, Scene.Wsol, Scene.X, Deep / 100 * 105, Deep)
        .Add(Third, Scene.X, Scene.Y, Deep, Deep)
        .Add(Fourth, Scene.Wsol, Scene.Y, Deep / 100 * 105, Deep)
        .Begin();
}
