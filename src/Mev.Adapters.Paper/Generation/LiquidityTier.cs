namespace Mev.Adapters.Paper.Generation;

/// <summary>A fee tier of a program of concentrated liquidity.</summary>
/// <param name="Spacing">Ticks between two initialisable ones.</param>
/// <param name="FeeRate">Fee in millionths.</param>
/// <param name="TicksPerArray">Initialisable ticks of one account: 88 of a Whirlpool, 60 of a CLMM pool.</param>
internal readonly record struct LiquidityTier(ushort Spacing, ushort FeeRate, int TicksPerArray = 88)
{
    /// <summary>The tier of a CLMM pool.</summary>
    public static LiquidityTier Clmm { get; } = new(60, 2_500, TicksPerArray: 60);

    // Tiers whose three arrays span at least ten percent around the price.
    private static readonly LiquidityTier[] All = [new(64, 3_000), new(8, 500), new(64, 3_000), new(128, 10_000)];

    /// <summary>Ticks from one array's start to the next one's.</summary>
    public int Span => TicksPerArray * Spacing;

    /// <summary>The tier of a Whirlpool for a choice of 0 to 1.</summary>
    public static LiquidityTier Of(double choice) => All[(int)Math.Min(choice * All.Length, All.Length - 1)];

    /// <summary>The start of the array that holds a tick.</summary>
    public int StartOf(int tick) => (int)Math.Floor((double)tick / Span) * Span;
}
