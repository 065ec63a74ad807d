namespace Mev.Grains.Shards;

/// <summary>A market shard is activated in the silo that owns it.</summary>
internal sealed class ShardPlacement : PlacementStrategy;
