using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>Which leaders are connected, and to which region: each is for good, as the seed decides.</summary>
internal sealed class EngineLeaders(
    ChainLeaders leaders, EngineRegions regions, BlockEngineOptions options, GeneratedFeedOptions market)
{
    private readonly RandomKey _key = RandomKey.Of("block-engine", market.Seed);

    /// <summary>The leader of a slot.</summary>
    public Pubkey LeaderOf(Slot slot) => leaders.LeaderOf(slot);

    /// <summary>The leader of a slot when the region has it; null otherwise.</summary>
    public Pubkey? ConnectedIn(Slot slot, EngineRegion region)
    {
        var leader = leaders.LeaderOf(slot);
        return RegionOf(leader) == region ? leader : null;
    }

    /// <summary>Where a leader is connected; null for nowhere.</summary>
    public EngineRegion? RegionOf(Pubkey leader)
    {
        var number = BitConverter.ToUInt64(leader.ToArray());
        var draws = new DrawStream(_key, number).At(EnginePurposes.Leader);
        if (draws.Uniform() >= options.ConnectedShare) return null;
        return regions.All[(int)(draws.Word() % (ulong)regions.All.Count)];
    }

    /// <summary>
    /// The first slot from one on, no more than so many further, whose leader is connected to one of the regions.
    /// </summary>
    public (Slot Slot, Pubkey Leader, EngineRegion Region)? Next(
        Slot from, int horizon, Func<EngineRegion, bool> isAsked)
    {
        for (var ahead = 0UL; ahead <= (ulong)horizon; ahead++)
        {
            var slot = new Slot(from.Value + ahead);
            var leader = leaders.LeaderOf(slot);
            if (RegionOf(leader) is { } region && isAsked(region)) return (slot, leader, region);
        }
        return null;
    }

    /// <summary>The connected leaders of a region with their slots, so many from one on.</summary>
    public Dictionary<Pubkey, List<ulong>> Scheduled(Slot from, int slots, EngineRegion region)
    {
        var scheduled = new Dictionary<Pubkey, List<ulong>>();
        for (var ahead = 0UL; ahead < (ulong)slots; ahead++)
        {
            if (ConnectedIn(new Slot(from.Value + ahead), region) is not { } leader) continue;
            if (!scheduled.TryGetValue(leader, out var own)) scheduled.Add(leader, own = []);
            own.Add(from.Value + ahead);
        }
        return scheduled;
    }
}
