using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>
/// Tips of bundles that landed of late, of all flow, passive wallets included: says nothing of a contested auction.
/// </summary>
public sealed record TipFloor
{
    /// <summary>When it was measured, milliseconds since 1970 by the publisher's clock.</summary>
    public required long AtMs { get; init; }

    /// <summary>A quarter of the tips are at most this.</summary>
    public required Lamports P25 { get; init; }

    /// <summary>Half.</summary>
    public required Lamports P50 { get; init; }

    /// <summary>Three quarters.</summary>
    public required Lamports P75 { get; init; }

    /// <summary>95 of 100.</summary>
    public required Lamports P95 { get; init; }

    /// <summary>99 of 100.</summary>
    public required Lamports P99 { get; init; }

    /// <summary>The publisher's moving average of the half.</summary>
    public required Lamports AverageP50 { get; init; }

    /// <summary>No quantile is below a lower one, and none is negative.</summary>
    public bool IsMonotone => Lamports.Zero <= P25 && P25 <= P50 && P50 <= P75 && P75 <= P95 && P95 <= P99
        && AverageP50 >= Lamports.Zero;
}
