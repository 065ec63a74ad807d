using Orleans.Placement;

namespace Mev.Grains.Shards;

/// <summary>Of the grain whose key is the number of a market shard.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShardPlacementAttribute() : PlacementAttribute(new ShardPlacement());
