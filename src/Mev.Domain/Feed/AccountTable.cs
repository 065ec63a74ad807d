using System.Diagnostics.CodeAnalysis;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// The accounts that the assembler knows. Those that no pool names so far (orphans) are kept first in, first out
/// within bounds; a pool that lost a part that way is remembered.
/// </summary>
internal sealed class AccountTable(AssemblerLimits limits, AssemblerCounts counts)
{
    private const int QueueSlack = 1_024;

    private readonly VersionStore _versions = new();
    private readonly Dictionary<Pubkey, AccountHistory> _accounts = [];
    private readonly Dictionary<PoolId, List<AccountHistory>> _waiting = [];
    private readonly HashSet<PoolId> _lost = [];
    private Queue<AccountHistory> _orphans = new();
    private int _orphanCount;
    private long _orphanBytes;
    private bool _isAnyLost;

    /// <summary>Every account.</summary>
    public Dictionary<Pubkey, AccountHistory>.ValueCollection All => _accounts.Values;

    public bool TryFind(Pubkey key, [NotNullWhen(true)] out AccountHistory? account) =>
        _accounts.TryGetValue(key, out account);

    public AccountHistory GetOrAdd(Pubkey key)
    {
        if (_accounts.TryGetValue(key, out var account)) return account;
        account = new AccountHistory(key, _versions);
        _accounts.Add(key, account);
        return account;
    }

    /// <summary>Keeps an account until a pool names it or <paramref name="partOf"/> appears, within bounds.</summary>
    public void Keep(AccountHistory account, PoolId? partOf, int length)
    {
        if (!account.IsOrphan)
        {
            (account.IsOrphan, account.OrphanBytes) = (true, length);
            _orphans.Enqueue(account);
            _orphanCount++;
            _orphanBytes += length;
        }
        if (partOf is { } pool && account.PartOf is null)
        {
            account.PartOf = pool;
            if (!_waiting.TryGetValue(pool, out var parts)) _waiting.Add(pool, parts = []);
            parts.Add(account);
        }
        while (_orphanCount > limits.OrphansMax || _orphanBytes > limits.OrphanBytesMax) Evict();
        if (_orphans.Count > QueueSlack + 2 * _orphanCount) _orphans = new(_orphans.Where(orphan => orphan.IsOrphan));
    }

    /// <summary>A pool names the account: it is no orphan any longer.</summary>
    public void Adopt(AccountHistory account)
    {
        if (!account.IsOrphan) return;
        account.IsOrphan = false;
        _orphanCount--;
        _orphanBytes -= account.OrphanBytes;
        if (account.PartOf is not { } pool || !_waiting.TryGetValue(pool, out var parts)) return;
        account.PartOf = null;
        parts.Remove(account);
        if (parts.Count == 0) _waiting.Remove(pool);
    }

    /// <summary>Takes out the orphans whose bytes name the pool.</summary>
    public List<AccountHistory> TakeParts(PoolId pool)
    {
        if (!_waiting.Remove(pool, out var parts)) return [];
        foreach (var part in parts)
        {
            part.PartOf = null;
            Adopt(part);
        }
        return parts;
    }

    /// <summary>Forgets an account.</summary>
    public void Remove(AccountHistory account)
    {
        Adopt(account);
        account.Clear();
        account.IsForgotten = true;
        if (TryFind(account.Key, out var held) && held == account) _accounts.Remove(account.Key);
    }

    /// <summary>A part of the pool was lost since the last <see cref="ForgetLost"/>.</summary>
    public bool HasLost(PoolId pool) => _isAnyLost || _lost.Contains(pool);

    /// <summary>Remembers that a part of the pool was lost.</summary>
    public void Lose(PoolId pool)
    {
        if (_lost.Contains(pool)) return;
        if (_lost.Count < limits.LostPoolsMax)
        {
            _lost.Add(pool);
            return;
        }
        _isAnyLost = true;
        counts.LostPoolsLeftOut++;
    }

    /// <summary>Everything is about to be sent again.</summary>
    public void ForgetLost()
    {
        _lost.Clear();
        _isAnyLost = false;
    }

    private void Evict()
    {
        var oldest = _orphans.Dequeue();
        if (!oldest.IsOrphan) return;
        if (oldest.PartOf is { } pool) Lose(pool);
        Remove(oldest);
        counts.OrphansEvicted++;
    }
}
