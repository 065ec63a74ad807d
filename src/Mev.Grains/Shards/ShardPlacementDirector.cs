using Orleans.Runtime.Placement;

namespace Mev.Grains.Shards;

/// <summary>Finds the owner of a market shard among the silos that can have it.</summary>
internal sealed class ShardPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var shard = (int)target.GrainIdentity.GetIntegerKey();
        return Task.FromResult(silos[RendezvousHash.Owner(shard, [.. silos.Select(silo => silo.Endpoint)])]);
    }
}
