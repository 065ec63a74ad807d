using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Pools;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Shards;

namespace Mev.Grains.Pools;

/// <summary>A pool for people: asks the shards, changes the policy.</summary>
[GrainType("pool")]
internal sealed class PoolGrain(MarketShards shards) : Grain, IPoolGrain
{
    private const int AttemptsMax = 8; // against other changes of the policy at the same time

    private PoolId Id => Pubkey.TryParse(this.GetPrimaryKeyString(), out var address)
        ? new PoolId(address)
        : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not a pool address");

    private IPolicyGrain Policy => GrainFactory.GetGrain<IPolicyGrain>(PolicyKeys.Global);

    public async ValueTask<PoolView?> Describe()
    {
        for (var shard = 0; shard < shards.All.Count; shard++)
        {
            if (await GrainFactory.GetGrain<IMarketShardGrain>(shard).DescribePool(Id) is { } view) return view;
        }
        return null;
    }

    public ValueTask Quarantine(string reason) =>
        Change(reason, pools => pools.Contains(Id) ? pools : [.. pools.Add(Id).Order()]);

    public ValueTask Enable(string reason) => Change(reason, pools => pools.Remove(Id));

    private async ValueTask Change(string reason, Func<ImmutableArray<PoolId>, ImmutableArray<PoolId>> change)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var current = await Policy.Current();
            var pools = change(current.QuarantinedPools);
            if (pools.SequenceEqual(current.QuarantinedPools)) return;
            var wanted = current with { Version = current.Version + 1, QuarantinedPools = pools };
            if ((await Policy.Change(wanted, reason)).Hash == wanted.Hash) return;
        }
        throw new InvalidOperationException($"policy changed {AttemptsMax} times meanwhile; try again");
    }
}
