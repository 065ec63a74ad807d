using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// Accounts that came before the pool that names them. At <see cref="PaperLimits.OrphansMax"/> what comes is not kept
/// but counted, and its pool stays without that account, so nothing is settled on it.
/// </summary>
internal sealed class LedgerOrphans(PaperLimits limits)
{
    private readonly Dictionary<Pubkey, AccountWrite> _writes = [];
    private readonly Dictionary<PoolId, List<Pubkey>> _ofPool = [];

    /// <summary>Accounts that were not kept.</summary>
    public long Lost { get; private set; }

    /// <summary>Keeps a copy; the latest write of an account replaces earlier ones.</summary>
    public void Keep(in AccountWrite write)
    {
        if (_writes.Count >= limits.OrphansMax && !_writes.ContainsKey(write.Key))
        {
            Lost++;
            return;
        }
        _writes[write.Key] = write with { Data = write.Data.ToArray() };
    }

    /// <summary>Keeps an account whose bytes name its pool.</summary>
    public void Keep(in AccountWrite write, PoolId pool)
    {
        var isNew = !_writes.ContainsKey(write.Key);
        Keep(write);
        if (!isNew || !_writes.ContainsKey(write.Key)) return;
        if (!_ofPool.TryGetValue(pool, out var keys)) _ofPool.Add(pool, keys = []);
        keys.Add(write.Key);
    }

    /// <summary>Gives an account out, which is then no orphan any more.</summary>
    public bool TryTake(in Pubkey key, out AccountWrite write) => _writes.Remove(key, out write);

    /// <summary>The accounts whose bytes named that pool, in the order of their arrival.</summary>
    public IReadOnlyList<Pubkey> TakeKeysOf(PoolId pool) => _ofPool.Remove(pool, out var keys) ? keys : [];
}
