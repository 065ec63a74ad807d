using Mev.Domain.Bundles;

namespace Mev.Gateway.Overviews;

/// <summary>
/// Landed bundles among those of which it is known what became, with its interval of 95 %. In paper mode there are no
/// rivals, so it says how the platform behaves and not what it would earn: the label always goes with it.
/// </summary>
internal sealed record LandRate(long Landed, long Of)
{
    private readonly Proportion _proportion = new(Landed, Of);

    public double? Value => _proportion.Value;

    public double? Low => _proportion.Low;

    public double? High => _proportion.High;

    public string Label { get; } = "paper, no rivals";
}
