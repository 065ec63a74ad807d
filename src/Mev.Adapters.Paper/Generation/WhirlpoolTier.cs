namespace Mev.Adapters.Paper.Generation;

/// <summary>A fee tier of the Whirlpool program.</summary>
/// <param name="Spacing">Ticks between two initialisable ones.</param>
/// <param name="FeeRate">Fee in millionths.</param>
internal readonly record struct WhirlpoolTier(ushort Spacing, ushort FeeRate)
{
    private const int TicksPerArray = 88;

    // Tiers whose three arrays span at least ten percent around the price.
    private static readonly WhirlpoolTier[] All = [new(64, 3_000), new(8, 500), new(64, 3_000), new(128, 10_000)];

    /// <summary>Ticks from one array's start to the next one's.</summary>
    public int Span => TicksPerArray * Spacing;

    /// <summary>The tier for a choice of 0 to 1.</summary>
    public static WhirlpoolTier Of(double choice) => All[(int)Math.Min(choice * All.Length, All.Length - 1)];

    /// <summary>The start of the array that holds a tick.</summary>
    public int StartOf(int tick) => (int)Math.Floor((double)tick / Span) * Span;
}
