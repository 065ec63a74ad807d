using System.ComponentModel.DataAnnotations;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;

namespace Mev.Grains.Strategies;

/// <summary>One entry of <c>Trading:Strategies</c>.</summary>
public sealed class StrategyOptions
{
    /// <summary>The strategy's id. Default arb-1.</summary>
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,63}$")]
    public string Id { get; init; } = "arb-1";

    /// <summary>
    /// Epoch of its random key and belief: a new one begins with the prior and learns from its own decisions only.
    /// Default 1.
    /// </summary>
    public ulong Epoch { get; init; } = 1;

    /// <summary>
    /// Kind of its sampler: BetaThompson, Factored, or FactoredFloor, which steers to a land rate of 65 %. Another kind
    /// begins with its prior and what decisions of samplers with the same arms taught. Default BetaThompson on paper,
    /// where nobody bids that could be learnt from, and Factored in every other mode.
    /// </summary>
    [AllowedValues(SamplerKind.BetaThompson, SamplerKind.Factored, SamplerKind.FactoredFloor)]
    public SamplerKind Sampler { get; init; } = SamplerKind.BetaThompson;

    /// <summary>Slots from decision to landing over the standard route. Default 2.</summary>
    [Range(1, 150)]
    public int StandardDelaySlots { get; init; } = 2;

    /// <summary>Slots from decision to landing over the fast route. Default 1.</summary>
    [Range(1, 150)]
    public int FastDelaySlots { get; init; } = 1;

    /// <summary>Fixed cost of a landing in lamports. Default 5,000.</summary>
    [Range(0L, 1_000_000_000L)]
    public long LandingFeeLamports { get; init; } = 5_000;

    /// <summary>
    /// Cost of a submission over the fast route in lamports. The sampler counts it for each; the books know it of
    /// landings only. Default 0.
    /// </summary>
    [Range(0L, 1_000_000_000L)]
    public long FastRouteFeeLamports { get; init; }

    /// <summary>
    /// Cost of a submission over the standard route in lamports. The sampler counts it for each; the books know it of
    /// landings only. Default 0.
    /// </summary>
    [Range(0L, 1_000_000_000L)]
    public long StandardRouteFeeLamports { get; init; }

    /// <summary>
    /// Which landed tips the competing tip of a paper order is drawn from: September2024 (median 10,000 lamports) or
    /// January2026 (the same law at a median of 4,250). Default September2024.
    /// </summary>
    [AllowedValues(TipFloorLaw.September2024, TipFloorLaw.January2026)]
    public TipFloorLaw TipFloorLaw { get; init; } = TipFloorLaw.September2024;

    /// <summary>The parameters as decisions record them.</summary>
    public StrategyParameters ToParameters() => new()
    {
        Id = Id,
        Epoch = Epoch,
        Sampler = Sampler,
        StandardDelaySlots = (byte)StandardDelaySlots,
        FastDelaySlots = (byte)FastDelaySlots,
        LandingFee = new Lamports(LandingFeeLamports),
        FastRouteFee = new Lamports(FastRouteFeeLamports),
        StandardRouteFee = new Lamports(StandardRouteFeeLamports),
        TipFloorLaw = TipFloorLaw,
    };
}
