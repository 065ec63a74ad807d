namespace Mev.Gateway.Overviews;

/// <summary>
/// Landed bundles among those of which it is known what became, with the Wilson score interval of 95 %. In paper mode
/// there are no rivals, so it says how the platform behaves and not what it would earn: the label always goes with it.
/// </summary>
internal sealed record LandRate(long Landed, long Of)
{
    private const double Quantile = 1.959963984540054; // of the standard normal law at 97.5 %

    public double? Value => Of == 0 ? null : (double)Landed / Of;

    public double? Low => Of == 0 ? null : Math.Max(0, Centre - Spread);

    public double? High => Of == 0 ? null : Math.Min(1, Centre + Spread);

    public string Label { get; } = "paper, no rivals";

    private double Share => (double)Landed / Of;

    private double Weight => Quantile * Quantile / Of;

    private double Centre => (Share + Weight / 2) / (1 + Weight);

    private double Spread => Quantile / (1 + Weight) * Math.Sqrt(Share * (1 - Share) / Of + Weight / (4 * Of));
}
