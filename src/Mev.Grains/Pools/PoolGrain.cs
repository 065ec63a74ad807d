using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Pools;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Shards;

namespace Mev.Grains.Pools;

/// <summary>A pool for people: asks the shards.</summary>
[GrainType("pool")]
internal sealed class PoolGrain(MarketShards shards) : Grain, IPoolGrain
{
    private PoolId Id => Pubkey.TryParse(this.GetPrimaryKeyString(), out var address)
        ? new PoolId(address)
        : throw new ArgumentException($"'{this.GetPrimaryKeyString()}' is not a pool address");

    public async ValueTask<PoolView?> Describe()
    {
        for (var shard = 0; shard < shards.All.Count; shard++)
        {
            if (await GrainFactory.GetGrain<IMarketShardGrain>(shard).DescribePool(Id) is { } view) return view;
        }
        return null;
    }
}
