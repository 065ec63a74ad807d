using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Orleans;

namespace Mev.Domain.Bundles;

/// <summary>
/// The law of the tips that landed, as two log-normals and a floor: the competing tip of a paper order is drawn from
/// it. It is of all flow, so it says nothing about a contested auction.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.tip-floor-mixture")]
public sealed record TipFloorMixture
{
    /// <summary>
    /// Reproduces the five quantiles published for September 2024 (p25 to p99: 6,001 to 10,007,999 lamports).
    /// </summary>
    public static TipFloorMixture September2024 { get; } = new()
    {
        LowWeight = 0.637,
        LowMedian = new Lamports(7_567),
        LowSigma = 0.535,
        HighMedian = new Lamports(112_638),
        HighSigma = 2.338,
        Floor = new Lamports(1_000),
    };

    /// <summary>
    /// The law of September 2024 at the median of the tip floor in January 2026, 4,250 lamports: what is known of it
    /// are three quantiles, of which p75 fits (15,400 of 14,000 to 20,000) and p25 is too high (2,550 of about 1,000).
    /// </summary>
    public static TipFloorMixture January2026 { get; } = September2024 with
    {
        LowMedian = new Lamports(3_216), // times 4,250 of 10,000
        HighMedian = new Lamports(47_871),
    };

    /// <summary>The law of a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None is known by that name.</exception>
    public static TipFloorMixture Of(TipFloorLaw law) => law switch
    {
        TipFloorLaw.September2024 => September2024,
        TipFloorLaw.January2026 => January2026,
        _ => throw new ArgumentOutOfRangeException(nameof(law), law, "a paper order needs a law of tips"),
    };

    /// <summary>Share of the lower log-normal, 0 to 1.</summary>
    [Id(0)] public required double LowWeight { get; init; }

    /// <summary>Median of the lower one.</summary>
    [Id(1)] public required Lamports LowMedian { get; init; }

    /// <summary>Standard deviation of its logarithm.</summary>
    [Id(2)] public required double LowSigma { get; init; }

    /// <summary>Median of the upper one.</summary>
    [Id(3)] public required Lamports HighMedian { get; init; }

    /// <summary>Standard deviation of its logarithm.</summary>
    [Id(4)] public required double HighSigma { get; init; }

    /// <summary>No draw is below this: the least tip that a bundle may pay.</summary>
    [Id(5)] public required Lamports Floor { get; init; }

    /// <summary>
    /// One tip: the stream's numbers for <see cref="DrawPurposes.PaperTipFloor"/>, first which log-normal, then where
    /// in it. Between <see cref="Floor"/> and 10^18 lamports.
    /// </summary>
    public Lamports Draw(in DrawStream stream)
    {
        const double Largest = 1e18; // more than all SOL that exists, and exact in a long
        var draws = stream.At(DrawPurposes.PaperTipFloor);
        var isLow = draws.Uniform() < LowWeight;
        var normal = draws.Normal();
        var tip = isLow
            ? LowMedian.Value * DetMath.Exp(LowSigma * normal)
            : HighMedian.Value * DetMath.Exp(HighSigma * normal);
        var drawn = new Lamports((long)Math.Min(Math.Floor(tip), Largest));
        return drawn < Floor ? Floor : drawn;
    }
}
