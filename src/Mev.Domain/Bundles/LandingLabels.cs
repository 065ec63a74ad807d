using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>By what the funnel is broken down.</summary>
/// <param name="Region">The engine that it was sent to; empty where it was sent to none.</param>
/// <param name="Leader">The leader that it was meant for; empty where it is not known.</param>
/// <param name="Units">Bucket of the compute units requested.</param>
/// <param name="Tip">Bucket of the tip among the landed tips of the time.</param>
public readonly record struct LandingLabels(string Region, string Leader, string Units, string Tip)
{
    private static readonly (uint Below, string Name)[] UnitBuckets =
        [(50_000, "<50k"), (100_000, "<100k"), (200_000, "<200k"), (500_000, "<500k"), (1_000_000, "<1M")];

    /// <summary>The bucket of requested compute units.</summary>
    public static string UnitsBucket(uint requested)
    {
        foreach (var (below, name) in UnitBuckets)
            if (requested < below) return name;
        return "more";
    }

    /// <summary>The bucket of a tip among the landed tips of the time; "unknown" without them.</summary>
    public static string TipBucket(Lamports tip, TipFloor? floor) => floor switch
    {
        null => "unknown",
        _ when tip < floor.P25 => "<p25",
        _ when tip < floor.P50 => "<p50",
        _ when tip < floor.P75 => "<p75",
        _ when tip < floor.P95 => "<p95",
        _ when tip < floor.P99 => "<p99",
        _ => "more",
    };
}
