using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Abstractions.Streams;
using Mev.Grains.Limits;
using Mev.Grains.Wallets;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Shards;

/// <summary>
/// Drains its mailbox and evaluates: one synchronous turn. It lives in the silo that owns it, whose pump drains it and
/// fills its mailbox; called after it moved, it answers once from where it was and then goes.
/// </summary>
[GrainType("market-shard"), ShardPlacement]
internal sealed class MarketShardGrain(
    MarketShards shards, ShardOwners owners, ShardIntake intake, PolicyInForce policy, WalletBook wallets,
    SizingLimits sizing, TimeProvider time, ILogger<MarketShardGrain> logger) : Grain, IMarketShardGrain
{
    private readonly ShardObservers _observers = new(logger);
    private readonly List<Opportunity> _found = [];
    private readonly QuotedAccountChunks _chunks = new();
    private QuotedAccounts? _accounts;
    private MarketShard? _shard;
    private Policy? _policy;
    private DrainCounts _counts;
    private (long Number, OpportunityBatch Batch) _answer; // the last one
    private long _drains;
    private long _updates;

    private int Number => (int)this.GetPrimaryKeyLong();

    public ValueTask<OpportunityBatch> Drain(long number, FeedCursor cursor, ChainClock clock)
    {
        if (number != _answer.Number) _answer = (number, Drain(cursor, clock));
        // Not just deactivated: callers know it here, and the next call would bring it back here.
        if (!owners.Mine(shards.All.Count).Contains(Number)) MigrateOnIdle();
        return ValueTask.FromResult(_answer.Batch);
    }

    private OpportunityBatch Drain(FeedCursor cursor, ChainClock clock)
    {
        var startedNs = time.UnixNs();
        var cut = intake.Take(Number);
        var shard = cut.Shard;
        _updates += cut.Updates;
        Adopt(shard);
        _found.Clear();
        var accounts = _accounts ?? new QuotedAccounts(_chunks);
        var counts = shard.Evaluate(clock, startedNs, _found, accounts, wallets.AtHandBelow(sizing.InputMax));
        _accounts = _found.Count == 0 ? accounts : null; // what was found goes away with it
        _counts += counts;
        _drains++;
        return _found.Count == 0
            ? new OpportunityBatch { Cursor = cursor, Opportunities = [], Counts = counts, Shown = cut.Shown }
            : Found(cursor, counts, cut, accounts);
    }

    private OpportunityBatch Found(FeedCursor cursor, DrainCounts counts, in IntakeCut cut, QuotedAccounts accounts)
    {
        _found.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return new OpportunityBatch
        {
            Cursor = cursor,
            Opportunities = [.. _found],
            Counts = counts,
            Best = [.. cut.Shard.Best],
            SlotStartedNs = cut.SlotStartedNs,
            Shown = cut.Shown,
            Accounts = [accounts],
        };
    }

    public ValueTask<ShardView> Describe()
    {
        var (shard, mailbox) = shards.All[Number];
        return ValueTask.FromResult(new ShardView
        {
            Shard = Number,
            Pools = shard.Cycles.Pools.Length,
            Cycles = shard.Cycles.CycleCount,
            Updates = _updates,
            Drains = _drains,
            Conflated = mailbox.Conflated,
            Depth = mailbox.Depth,
            Counts = _counts,
        });
    }

    public ValueTask Observe(IStateObserver observer)
    {
        _observers.Add(this, observer, () => shards.All[Number].Shard);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PoolView?> DescribePool(PoolId pool)
    {
        var shard = shards.All[Number].Shard;
        if (!shard.Cycles.TryFind(pool, out var number)) return ValueTask.FromResult<PoolView?>(null);
        var state = shard.PoolAt(number);
        var accounts = new List<AccountView>();
        foreach (var account in state.Accounts)
        {
            accounts.Add(new AccountView(
                account.Key, account.Owner, account.Slot, account.WriteVersion, account.Data.Length, account.Hash));
        }
        return ValueTask.FromResult<PoolView?>(new PoolView
        {
            Id = state.Id,
            Protocol = state.Protocol,
            MintA = state.MintA,
            MintB = state.MintB,
            Slot = state.Slot,
            Defect = state.Defect,
            Condition = shard.ConditionOf(number),
            RateAToB = state.MarginalRate(SwapDirection.AToB),
            RateBToA = state.MarginalRate(SwapDirection.BToA),
            Accounts = [.. accounts],
            Cycles = shard.Cycles.CycleCountOf(number),
        });
    }

    /// <summary>A new layout or policy version: quarantine is looked up once, not for each candidate.</summary>
    private void Adopt(MarketShard shard)
    {
        var current = policy.Current;
        if (ReferenceEquals(shard, _shard) && ReferenceEquals(current, _policy)) return;
        (_shard, _policy) = (shard, current);
        shard.Quarantine(current.QuarantinedPools);
    }
}
