namespace Mev.Simulator.BlockEngine;

/// <summary>The regions, by place and name.</summary>
internal sealed class EngineRegions(BlockEngineOptions options)
{
    private const string Unnamed = "frankfurt";

    /// <summary>All of them.</summary>
    public IReadOnlyList<EngineRegion> All { get; } =
    [
        .. options.Regions.DefaultIfEmpty(Unnamed).Select((name, number) => new EngineRegion(name, number)),
    ];

    /// <summary>The region of that name; null for none.</summary>
    public EngineRegion? Find(string name) => All.FirstOrDefault(region => region.Name == name);
}
