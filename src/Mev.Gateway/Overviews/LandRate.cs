using Mev.Domain.Bundles;

namespace Mev.Gateway.Overviews;

/// <summary>
/// Landed bundles among those of which it is known what became, with its interval of 95 %. What it is worth
/// depends on who the counterparty was, so the label always goes with it.
/// </summary>
internal sealed record LandRate(long Landed, long Of, string Label = LandRateLabel.Paper)
{
    private readonly Proportion _proportion = new(Landed, Of);

    public double? Value => _proportion.Value;

    public double? Low => _proportion.Low;

    public double? High => _proportion.High;
}
