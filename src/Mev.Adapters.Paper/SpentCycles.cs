using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Paper;

/// <summary>
/// The cycles that were paid. On a feed of bytes alone a gap that we took stands there again with the next write, as we
/// were never there. Therefore:
/// a paid cycle does not pay again while one of its pools shows such a state, until on the feed's own bytes no amount
/// pays any more; and any other cycle that passes one of those pools in the same direction is valued as if what was
/// paid had been swapped there first, so that a value is not booked again through another way round.
/// </summary>
internal sealed class SpentCycles(PaperLimits limits)
{
    private readonly Dictionary<PoolId, List<SpentCycle>> _ofPool = [];

    /// <summary>Cycles remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The cycle is remembered, or there is room for it.</summary>
    public bool CanPay(ImmutableArray<Hop> hops) => Count < limits.SpentCyclesMax || Find(hops) is not null;

    /// <summary>The cycle was paid, one of its pools shows a state without that, and its gap still stands.</summary>
    public bool IsSpent(ImmutableArray<Hop> hops) => Find(hops) is { IsUndone: true };

    /// <summary>What paid cycles swapped at the pool in that direction and its state does not show.</summary>
    public IEnumerable<SpentTake> UndoneAt(Hop hop)
    {
        if (!_ofPool.TryGetValue(hop.Pool, out var cycles)) yield break;
        foreach (var take in cycles.SelectMany(cycle => cycle.Takes))
            if (take.IsUndone && take.Pool == hop.Pool && take.Direction == hop.Direction) yield return take;
    }

    /// <summary>The cycle was paid with those amounts into its hops.</summary>
    public void Pay(ImmutableArray<Hop> hops, ReadOnlySpan<TokenAmount> amountsIn, Lamports fee)
    {
        var cycle = Find(hops);
        if (cycle is null)
        {
            cycle = new SpentCycle(hops, fee);
            Count++;
            foreach (var pool in PoolsOf(cycle))
            {
                if (!_ofPool.TryGetValue(pool, out var cycles)) _ofPool.Add(pool, cycles = []);
                cycles.Add(cycle);
            }
        }
        cycle.Add(amountsIn, fee);
    }

    /// <summary>The feed's bytes won at that pool: nothing that was taken there shows any more.</summary>
    public void Undo(PoolId pool)
    {
        if (!_ofPool.TryGetValue(pool, out var cycles)) return;
        foreach (var take in cycles.SelectMany(cycle => cycle.Takes))
            if (take.Pool == pool) take.IsUndone = true;
    }

    /// <summary>Forgets the cycles over that pool whose gap the feed's own bytes do not show any more.</summary>
    public void ForgetClosed(PoolId pool, PaperLedger ledger, in ChainClock clock)
    {
        if (!_ofPool.TryGetValue(pool, out var cycles)) return;
        for (var i = cycles.Count - 1; i >= 0; i--)
            if (cycles[i].IsClosed(ledger, clock)) Forget(cycles[i]);
    }

    private void Forget(SpentCycle cycle)
    {
        Count--;
        foreach (var pool in PoolsOf(cycle))
            if (_ofPool[pool].Remove(cycle) && _ofPool[pool].Count == 0) _ofPool.Remove(pool);
    }

    private SpentCycle? Find(ImmutableArray<Hop> hops) =>
        _ofPool.TryGetValue(hops[0].Pool, out var cycles) ? cycles.Find(cycle => cycle.IsSameAs(hops)) : null;

    private static IEnumerable<PoolId> PoolsOf(SpentCycle cycle) => cycle.Hops.Select(hop => hop.Pool).Distinct();
}
