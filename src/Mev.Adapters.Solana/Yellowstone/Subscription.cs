using System.Collections.Immutable;
using Google.Protobuf;
using Mev.Adapters.Solana.Yellowstone.Wire;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// What is asked of the stream: whole programs or single pools, and by address what their pools name (vaults, mints,
/// configs), which other programs own. Grows as pools become known, up to a bound of accounts and of the request's
/// bytes. From any thread.
/// </summary>
internal sealed class Subscription
{
    private readonly Lock _gate = new();
    private readonly YellowstoneOptions _options;
    private readonly YellowstoneCounts _counts;
    private readonly HashSet<Pubkey> _keys = [Programs.ClockSysvar];
    private readonly Dictionary<PoolId, Protocol> _pools = [];
    private readonly SubscriptionSize _size;

    /// <summary>The subscription that the options ask for.</summary>
    public Subscription(YellowstoneOptions options, YellowstoneCounts counts)
    {
        (_options, _counts) = (options, counts);
        WholePrograms = options.Pools.Count > 0 ? [] : ProgramsOf(options);
        SinglePools = [.. options.Pools.Select(Pubkey.Parse)];
        _keys.UnionWith(SinglePools);
        _size = new SubscriptionSize(options.RequestBytesMax, Request(new Slot(ulong.MaxValue)).CalculateSize());
    }

    /// <summary>An account found no room: what it belongs to is not quoted.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Programs of which every account is watched; none where pools are named.</summary>
    public ImmutableArray<Pubkey> WholePrograms { get; }

    /// <summary>Pools that are watched alone.</summary>
    public ImmutableArray<Pubkey> SinglePools { get; }

    /// <summary>Accounts watched by address.</summary>
    public IReadOnlyCollection<Pubkey> Keys
    {
        get
        {
            lock (_gate) return [.. _keys];
        }
    }

    /// <summary>The pool's accounts are watched already.</summary>
    public bool Has(PoolId pool)
    {
        lock (_gate) return _pools.ContainsKey(pool);
    }

    /// <summary>Watches a pool's accounts; those that were not watched before go to <paramref name="added"/>.</summary>
    public void Add(Pool pool, ICollection<Pubkey> added)
    {
        lock (_gate)
        {
            if (!_pools.TryAdd(pool.Id, pool.Protocol)) return;
            if (SinglePools.Contains(pool.Id.Address)) _size.AddParts(PartsOf(pool.Id).Count());
            foreach (var account in pool.Accounts)
            {
                if (account.Key == pool.Id.Address || _keys.Contains(account.Key)) continue;
                if (_keys.Count >= _options.WatchedAccountsMax || !_size.TryAddKey(account.Key))
                {
                    _counts.AccountsLeftOut++;
                    IsFull = true;
                    continue;
                }
                _keys.Add(account.Key);
                added.Add(account.Key);
            }
        }
    }

    /// <summary>The forms of further accounts of a pool that is watched alone.</summary>
    public IEnumerable<PoolPart> PartsOf(PoolId pool)
    {
        Protocol protocol;
        lock (_gate) protocol = _pools.GetValueOrDefault(pool);
        return PoolPart.All.Where(part => part.Protocol == protocol);
    }

    /// <summary>The request for all of it, from a slot on where one is given.</summary>
    public SubscribeRequest Request(Slot? from)
    {
        var request = new SubscribeRequest { Commitment = CommitmentLevel.Processed };
        if (from is { } slot) request.FromSlot = slot.Value;
        if (WholePrograms.Length > 0) request.Accounts.Add("programs", Owned(WholePrograms));
        foreach (var pool in SinglePools) AddParts(request, pool);
        var keys = new SubscribeRequestFilterAccounts();
        keys.Account.AddRange(Keys.Select(key => key.ToString()));
        request.Accounts.Add("accounts", keys);
        request.Slots.Add("slots", new SubscribeRequestFilterSlots { InterslotUpdates = true });
        request.BlocksMeta.Add("blocks", new SubscribeRequestFilterBlocksMeta());
        if (_options.TransactionsMax > 0) request.Transactions.Add("pools", Transactions());
        return request;
    }

    private SubscribeRequestFilterTransactions Transactions()
    {
        var filter = new SubscribeRequestFilterTransactions { Vote = false, Failed = false };
        filter.AccountInclude.AddRange(WholePrograms.Concat(SinglePools).Select(key => key.ToString()));
        return filter;
    }

    private void AddParts(SubscribeRequest request, Pubkey pool)
    {
        foreach (var (number, part) in PartsOf(new PoolId(pool)).Index())
        {
            var filter = Owned([part.Program]);
            if (part.Length is { } length)
                filter.Filters.Add(new SubscribeRequestFilterAccountsFilter { Datasize = (ulong)length });
            filter.Filters.Add(new SubscribeRequestFilterAccountsFilter
            {
                Memcmp = new SubscribeRequestFilterAccountsFilterMemcmp
                {
                    Offset = (ulong)part.Offset,
                    Bytes = UnsafeByteOperations.UnsafeWrap(pool.ToArray()),
                },
            });
            request.Accounts.Add($"{pool} {number}", filter);
        }
    }

    private static SubscribeRequestFilterAccounts Owned(ImmutableArray<Pubkey> programs)
    {
        var filter = new SubscribeRequestFilterAccounts();
        filter.Owner.AddRange(programs.Select(program => program.ToString()));
        return filter;
    }

    private static ImmutableArray<Pubkey> ProgramsOf(YellowstoneOptions options) => options.Programs.Count > 0
        ? [.. options.Programs.Select(Pubkey.Parse)]
        : PoolDecoder.Owners;
}
