using Mev.Contracts.V1;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Journal.Replay;

/// <summary>
/// The market of one decision, built again from the account bytes that its record names: just the pools of its cycle,
/// evaluated by the same shard code that found the opportunity.
/// </summary>
internal static class RecordedMarket
{
    /// <summary>
    /// The opportunity, sized again within those limits; null with the problem told to <paramref name="blobs"/>.
    /// </summary>
    public static Opportunity? Size(DecisionCore core, SizingLimits sizing, RecordedBlobs blobs)
    {
        if (Writes(core, blobs) is not { } writes || Pools(core, writes, blobs) is not { } pools) return null;
        var first = core.Hops[0];
        var mint = pools[Id(first)].MintIn((SwapDirection)first.Direction);
        var scope = new CycleScope { BaseMints = [mint], HopsMax = Math.Max(2, core.Hops.Count) };
        var index = CycleIndex.Build(pools.Values, scope);
        var inOrder = index.Pools.ToArray().Select(pool => pools[pool.Id]).ToList();
        // no fee: what the record holds did pay, and whether it still does is the comparison's to say
        var shard = new MarketShard(0, index, inOrder, sizing, Lamports.Zero);
        for (var i = 0; i < inOrder.Count; i++) shard.Refresh(i, PoolCondition.None, 1);
        var found = new List<Opportunity>();
        var clock = new ChainClock(new Slot(core.ChainSlot), core.ChainUnixTime);
        shard.Evaluate(
            clock, 0, found, new QuotedAccounts(new QuotedAccountChunks()), new TokenAmount(core.AtHand));
        var cycle = new Digest(core.CycleHash.Span);
        var opportunity = found.Find(candidate => candidate.Cycle == cycle);
        if (opportunity is null)
            blobs.Refuse(ReplayVerdict.Different, $"sizing cycle {cycle} on the recorded states finds no profit");
        return opportunity;
    }

    /// <summary>The pools of the cycle from their recorded bytes; none with the problem told.</summary>
    public static IEnumerable<Pool> PoolsOf(DecisionCore core, RecordedBlobs blobs) =>
        Writes(core, blobs) is { } writes && Pools(core, writes, blobs) is { } pools ? pools.Values : [];

    private static List<AccountWrite>? Writes(DecisionCore core, RecordedBlobs blobs)
    {
        var writes = new List<AccountWrite>();
        foreach (var use in core.Accounts)
        {
            var key = new Pubkey(use.Key.Span);
            if (blobs.Find(use.Hash, $"account {key}") is not { } data) return null;
            writes.Add(new AccountWrite
            {
                Key = key,
                Owner = new Pubkey(use.Owner.Span),
                Lamports = 1, // what is named did exist; no quote reads the balance
                Slot = new Slot(use.Slot),
                WriteVersion = use.WriteVersion,
                Data = data,
            });
        }
        return writes;
    }

    private static SortedDictionary<PoolId, Pool>? Pools(
        DecisionCore core, List<AccountWrite> writes, RecordedBlobs blobs)
    {
        var pools = new SortedDictionary<PoolId, Pool>();
        foreach (var id in core.Hops.Select(Id).Distinct())
        {
            var own = writes.Find(write => write.Key == id.Address);
            var pool = own.Data.IsEmpty ? null : PoolDecoder.TryCreate(own);
            if (pool is null)
            {
                blobs.Refuse(ReplayVerdict.NotReplayable, $"the record names no account bytes of pool {id}");
                return null;
            }
            pool.Apply(own); // it names its other accounts
            foreach (var write in writes)
                if (write.Key != id.Address) pool.Apply(write);
            if (pool.Defect != PoolDefect.None)
            {
                blobs.Refuse(
                    ReplayVerdict.NotReplayable,
                    $"pool {id} cannot be built from the recorded accounts: {pool.Defect}");
                return null;
            }
            pools.Add(id, pool);
        }
        return pools;
    }

    private static PoolId Id(Contracts.V1.HopAmounts hop) => new(new Pubkey(hop.Pool.Span));
}
