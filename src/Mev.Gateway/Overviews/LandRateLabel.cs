namespace Mev.Gateway.Overviews;

/// <summary>Against whom bundles landed; goes with every land rate.</summary>
/// <param name="Text">For people.</param>
public sealed record LandRateLabel(string Text)
{
    /// <summary>
    /// Paper: it says how the platform behaves and not what it would earn. A host adds of which time its tips are.
    /// </summary>
    public const string Paper = "paper, no rivals";

    /// <summary>The simulator: rivals bid, but as they are assumed to.</summary>
    public const string Simulator = "simulator, assumed rivals";

    /// <summary>The chain.</summary>
    public const string Live = "live";
}
