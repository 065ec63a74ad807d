using System.Collections.Immutable;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// One cycle with its pools as they were when it left, or was let pass. Each transaction that changes them is applied
/// by the values that the stream told of it, so the state right after it is known; the first one that leaves the cycle
/// less than its tip took the chance. Where a state in between is not known the search ends without a name.
/// </summary>
internal sealed class WatchedChance
{
    private readonly WatchedCycle _cycle;
    private readonly ImmutableArray<Pool> _pools;
    private readonly long _unixTime;
    private readonly bool _wasThere; // when it left
    private bool _hasMoved;
    private int _early; // transactions after the decision whose writes the pools had already then

    public WatchedChance(WatchedCycle cycle, (ImmutableArray<Pool> Pools, ChainClock Clock) market, Slot newest)
    {
        (_cycle, _pools, _unixTime) = (cycle, market.Pools, market.Clock.UnixTime);
        LastSlot = market.Clock.Slot;
        FirstSlot = newest > LastSlot ? newest : LastSlot;
        Accounts = [.. _pools.SelectMany(pool => pool.Accounts.ToArray().Select(account => account.Key)).Distinct()];
        _wasThere = IsThere(market.Clock.Slot);
    }

    /// <summary>Accounts whose change may take the chance.</summary>
    public ImmutableArray<Pubkey> Accounts { get; }

    /// <summary>The newest slot heard of when it began.</summary>
    public Slot FirstSlot { get; }

    /// <summary>The newest slot that its pools are of.</summary>
    public Slot LastSlot { get; private set; }

    /// <summary>First slot that ours could have landed in; null before its first byte left.</summary>
    public Slot? SentIn { get; set; }

    /// <summary>Who took it, when the search ended so.</summary>
    public AttributedWinner? Winner { get; private set; }

    /// <summary>Takes the next transaction in the chain's order; how the search ends with it, if it does.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isEarlier">It was observed before ours was to be sent.</param>
    public WatchEnd Take(ObservedTransaction transaction, bool isEarlier)
    {
        if (transaction.IsFailed) return WatchEnd.Unknown;
        if (transaction.Signature == _cycle.Own) return WatchEnd.Ours;
        ImmutableArray<AccountWrite> writes = [.. transaction.Writes.Where(write => Find(write.Key) is not null)];
        if (writes.IsEmpty)
        {
            var mayTake = transaction.Writes.IsEmpty && transaction.Writable.Any(Accounts.Contains);
            return mayTake ? WatchEnd.Unclear : WatchEnd.Unknown; // its writes are not known
        }
        if (writes.All(write => !IsUnseen(write.Slot, write.WriteVersion)))
            return WatchEnd.Unknown; // the decision knew them
        if (!_hasMoved && writes.All(write => !IsNew(write))) return TakeEarly(transaction, writes);
        if (!_wasThere || !writes.All(IsNew)) return WatchEnd.Unclear; // something is missing, or out of order
        foreach (var pool in _pools)
        {
            foreach (var write in writes) pool.Take(write);
            pool.Settle();
        }
        (LastSlot, _hasMoved) = (transaction.Slot, true);
        if (IsThere(transaction.Slot)) return WatchEnd.Unknown;
        return End(transaction, isEarlier || SentIn is not { } sent || transaction.Slot < sent);
    }

    /// <summary>
    /// It landed between decision and sending. Where the chance was gone by then it took it, if all that changed since
    /// the decision is of its making.
    /// </summary>
    private WatchEnd TakeEarly(ObservedTransaction transaction, ImmutableArray<AccountWrite> writes)
    {
        _early++;
        if (_wasThere) return WatchEnd.Unknown;
        var changed = _pools.SelectMany(pool => pool.Accounts.ToArray()).DistinctBy(account => account.Key)
            .Where(account => IsUnseen(account.Slot, account.WriteVersion));
        var isAllOfIt = changed.All(account => writes.Any(write => write.Key == account.Key
            && write.Slot == account.Slot && write.WriteVersion == account.WriteVersion));
        return isAllOfIt && _early == 1 ? End(transaction, isAhead: true) : WatchEnd.Unclear;
    }

    private WatchEnd End(ObservedTransaction transaction, bool isAhead)
    {
        Winner = WinnerAttribution.Of(transaction, _cycle.Units, isAhead);
        return Winner is null ? WatchEnd.Untipped : WatchEnd.Attributed;
    }

    private bool IsThere(Slot slot) =>
        CycleValue.Of(_cycle.Hops, _cycle.Fee, _pools, new ChainClock(slot, _unixTime)) >= _cycle.Tip;

    private bool IsNew(AccountWrite write) =>
        Find(write.Key) is { } account
        && (write.Slot, write.WriteVersion).CompareTo((account.Slot, account.WriteVersion)) > 0;

    /// <summary>The decision did not know it.</summary>
    private bool IsUnseen(Slot slot, ulong version) =>
        (slot, version).CompareTo((_cycle.Seen.Slot, _cycle.Seen.WriteVersion)) > 0;

    private PoolAccount? Find(Pubkey key)
    {
        foreach (var pool in _pools)
        {
            foreach (var account in pool.Accounts)
                if (account.Key == key) return account;
        }
        return null;
    }
}
