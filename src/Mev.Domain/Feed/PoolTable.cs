using System.Diagnostics.CodeAnalysis;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>The pools that the assembler holds, and which of them changed since last asked.</summary>
internal sealed class PoolTable(PoolAssembler assembler)
{
    private readonly Dictionary<PoolId, AssembledPool> _pools = [];
    private readonly List<AssembledPool> _changed = [];
    private int _nextNumber;

    public int Count => _pools.Count;

    /// <summary>Every pool.</summary>
    public Dictionary<PoolId, AssembledPool>.ValueCollection All => _pools.Values;

    /// <summary>The pools that changed since <see cref="ClearChanged"/>, in order of their first change.</summary>
    public List<AssembledPool> Changed => _changed;

    public bool TryFind(PoolId id, [NotNullWhen(true)] out AssembledPool? pool) => _pools.TryGetValue(id, out pool);

    public AssembledPool Add(Pool pool)
    {
        var entry = new AssembledPool(pool, _nextNumber++, assembler);
        _pools.Add(pool.Id, entry);
        return entry;
    }

    public void Remove(AssembledPool pool)
    {
        pool.IsRemoved = true;
        _pools.Remove(pool.Id);
    }

    /// <summary>Sets or lifts a condition; a pool whose condition changes counts as changed.</summary>
    public void Set(AssembledPool pool, PoolCondition condition, bool holds)
    {
        if (pool.Has(condition) == holds) return;
        pool.Set(condition, holds);
        MarkChanged(pool);
    }

    public void MarkChanged(AssembledPool pool)
    {
        if (pool.IsChanged) return;
        pool.IsChanged = true;
        _changed.Add(pool);
    }

    public void MarkAllChanged()
    {
        foreach (var pool in _pools.Values) MarkChanged(pool);
    }

    public void ClearChanged()
    {
        foreach (var pool in _changed) pool.IsChanged = false;
        _changed.Clear();
    }
}
