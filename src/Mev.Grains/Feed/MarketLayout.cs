using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Shards;

namespace Mev.Grains.Feed;

/// <summary>
/// Lays the known pools out as market shards: indexes the cycles, divides them, gives each shard its pools and mailbox,
/// and routes pool updates to every shard with a cycle over the pool. Made anew when pools appear.
/// </summary>
internal sealed class MarketLayout
{
    private readonly ImmutableArray<(int Shard, int Pool)>[] _routes; // by the assembler's number of a pool
    private readonly ShardMailbox[] _mailboxes;

    public MarketLayout(
        IReadOnlyCollection<AssembledPool> pools, TradingOptions options, SizingLimits sizing, Lamports landingFee)
    {
        var scope = new CycleScope
        {
            BaseMints = [Mints.Wsol, .. options.ListedMints.Select(Pubkey.Parse)],
            HopsMax = options.HopsMax,
            CyclesMax = options.CyclesMax,
        };
        var states = pools.ToDictionary(pool => pool.Id, pool => (Source: pool, State: pool.Copy()));
        var index = CycleIndex.Build(states.Values.Select(pool => pool.State), scope);
        (PoolCount, CycleCount, LeftOut) = (pools.Count, index.CycleCount, index.LeftOut);
        _routes = new ImmutableArray<(int, int)>[pools.Count == 0 ? 0 : 1 + pools.Max(pool => pool.Number)];
        Array.Fill(_routes, []);
        _mailboxes = new ShardMailbox[options.Shards];
        var shards = new List<(MarketShard, ShardMailbox)>();
        for (var number = 0; number < options.Shards; number++)
        {
            var part = index.Shard(options.Shards, number);
            var sources = Array.ConvertAll([.. part.Pools], pool => states[pool.Id].Source);
            for (var i = 0; i < sources.Length; i++)
                _routes[sources[i].Number] = _routes[sources[i].Number].Add((number, i));
            _mailboxes[number] = new ShardMailbox(sources);
            var own = Array.ConvertAll(sources, source => states[source.Id].State.NewEmpty());
            shards.Add((new MarketShard(number, part, own, sizing, landingFee), _mailboxes[number]));
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

    /// <summary>Tells the shards that use the pool that it changed.</summary>
    public void Post(AssembledPool changed, long arrivedNs)
    {
        if (changed.Number >= _routes.Length) return;
        foreach (var (shard, pool) in _routes[changed.Number]) _mailboxes[shard].Post(pool, arrivedNs);
    }
}
