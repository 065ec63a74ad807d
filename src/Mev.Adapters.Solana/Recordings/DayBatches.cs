using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>Makes the batches of a recorded day by executing its orders on pools that it holds.</summary>
internal sealed class DayBatches
{
    private readonly BatchEvents _events = new();
    private readonly Dictionary<PoolId, Pool> _pools = [];
    private readonly List<PoolAccount> _changed = [];

    /// <summary>Orders that were not executed so far: their pool is not known, or refuses them as it stands.</summary>
    public long Dropped { get; private set; }

    /// <summary>
    /// The startup batch, in the slot before the first order's: the pools of the state file and their tick arrays.
    /// Accounts of other kinds are left out.
    /// </summary>
    /// <exception cref="FeedException">The file is not of its format, or holds no pool.</exception>
    public FeedBatch Start(string state, Slot slot)
    {
        var accounts = new StartupAccounts();
        accounts.Read(state, new KeyCache());
        var taken = accounts.Writes(slot).Where(TakePool).ToList();
        if (taken.Count == 0) throw new FeedException($"{state} holds no pool: get the recording again");
        taken.AddRange(accounts.Writes(slot).Where(TakeArray));
        return _events.Start(taken, slot);
    }

    /// <summary>The batch of one transaction: its orders, one after the other, each with what it wrote.</summary>
    public FeedBatch Next(RecordedBlock block, ReadOnlySpan<RecordedSwap> orders)
    {
        _events.Enter(block.Slot, block.UnixTime);
        var clock = new ChainClock(block.Slot, block.UnixTime + DayFeed.ClockAheadSeconds);
        foreach (var order in orders)
            if (!TryExecute(order, clock)) Dropped++;
        return _events.Take();
    }

    private bool TakePool(AccountWrite write)
    {
        if (PoolDecoder.TryCreate(write) is not { } pool) return false;
        _pools[pool.Id] = pool;
        return pool.Apply(write);
    }

    private bool TakeArray(AccountWrite write) =>
        PoolDecoder.TryGetPoolOf(write, out var id) && _pools.TryGetValue(id, out var pool) && pool.Apply(write);

    private bool TryExecute(RecordedSwap swap, in ChainClock clock)
    {
        if (!_pools.TryGetValue(swap.Pool, out var pool)) return false;
        var amountIn = swap.Amount;
        if (!swap.IsExactIn)
        {
            // An order of a feed is exact-in: one for an exact output becomes one of the input that this costs here.
            var cost = pool.QuoteExactOut(swap.Direction, swap.Amount, clock);
            if (!cost.IsOk) return false;
            amountIn = cost.AmountIn;
        }
        var first = _events.WriteVersion + 1;
        if (!pool.Execute(swap.Direction, amountIn, clock, first).IsOk) return false;
        _events.Add(FeedEvent.Swap(new SwapOrder(swap.Pool, swap.Direction, amountIn), swap.Signature));
        AddChanged(pool, first, swap.Signature);
        return true;
    }

    private void AddChanged(Pool pool, ulong first, in TransactionSignature transaction)
    {
        _changed.Clear();
        foreach (var account in pool.Accounts)
            if (account.WriteVersion >= first) _changed.Add(account);
        _changed.Sort((one, other) => one.WriteVersion.CompareTo(other.WriteVersion));
        foreach (var account in _changed)
        {
            _events.AddLive(new AccountWrite
            {
                Key = account.Key,
                Owner = account.Owner,
                Lamports = 1,
                Slot = account.Slot,
                WriteVersion = account.WriteVersion,
                Transaction = transaction,
                Data = account.Data.ToArray(),
            });
        }
    }
}
