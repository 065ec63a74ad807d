using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Shards;

namespace Mev.Grains.Feed;

/// <summary>
/// Lays the known pools out as market shards: indexes the cycles, divides them, gives each shard its pools and mailbox,
/// and routes pool updates to every shard with a cycle over the pool. Made anew when pools appear.
/// </summary>
internal sealed class MarketLayout
{
    private readonly Dictionary<PoolId, ImmutableArray<(int Shard, int Pool)>> _routes = [];
    private readonly ShardMailbox[] _mailboxes;

    public MarketLayout(IReadOnlyCollection<Pool> pools, TradingOptions options, Lamports landingFee)
    {
        var scope = new CycleScope
        {
            BaseMints = [Mints.Wsol, .. options.ListedMints.Select(Pubkey.Parse)],
            HopsMax = options.HopsMax,
            CyclesMax = options.CyclesMax,
        };
        var index = CycleIndex.Build(pools, scope);
        (PoolCount, CycleCount, LeftOut) = (pools.Count, index.CycleCount, index.LeftOut);
        var byId = pools.ToDictionary(pool => pool.Id);
        _mailboxes = new ShardMailbox[options.Shards];
        var shards = new List<(MarketShard, ShardMailbox)>();
        for (var number = 0; number < options.Shards; number++)
        {
            var part = index.Shard(options.Shards, number);
            var own = new Pool[part.Pools.Length];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = byId[part.Pools[i].Id].NewEmpty();
                _routes[own[i].Id] = _routes.GetValueOrDefault(own[i].Id, []).Add((number, i));
            }
            _mailboxes[number] = new ShardMailbox(own);
            shards.Add((new MarketShard(number, part, own, new SizingLimits(), landingFee), _mailboxes[number]));
        }
        Shards = shards;
    }

    /// <summary>Pools that it was made of.</summary>
    public int PoolCount { get; }

    /// <summary>Cycles indexed.</summary>
    public int CycleCount { get; }

    /// <summary>Cycles beyond the index's bound.</summary>
    public long LeftOut { get; }

    /// <summary>The shards with their mailboxes.</summary>
    public IReadOnlyList<(MarketShard Shard, ShardMailbox Mailbox)> Shards { get; }

    /// <summary>Posts a pool's state to the shards that use it.</summary>
    public void Post(in PoolUpdate update, long arrivedNs)
    {
        if (!_routes.TryGetValue(update.Pool.Id, out var places)) return;
        foreach (var (shard, pool) in places) _mailboxes[shard].Post(pool, update.Pool, update.Condition, arrivedNs);
    }
}
