using Mev.Domain.Bundles;

namespace Mev.Gateway.Funnels;

/// <summary>
/// Of the bundles that came to one stage, those that came to a later one: with the denominator, its name, and the
/// Wilson score interval of 95 %. Null of nothing.
/// </summary>
internal sealed record FunnelRate(LandingStage Of, LandingStage Reached, Proportion Proportion)
{
    public long Count => Proportion.Count;

    public long OfCount => Proportion.Of;

    public double? Value => Proportion.Value;

    public double? Low => Proportion.Low;

    public double? High => Proportion.High;

    [System.Text.Json.Serialization.JsonIgnore]
    public Proportion Proportion { get; } = Proportion;
}
