using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rivals;

/// <summary>Finds what can be taken at the newest state, among the cycles over pools that were traded at.</summary>
internal sealed class ChanceFinder
{
    private const int SizedMax = 512; // cycles that are sized in one look; the rates say which
    private const int CyclesMax = 200_000;

    private readonly SimulatedChain _chain;
    private readonly CycleIndex _index;
    private readonly Pool[] _pools;
    private readonly CycleSizer _sizer;
    private readonly SizedCycle _sized = new();
    private readonly HashSet<int> _touched = [];

    /// <summary>A finder over the pools of a chain; from now on it sees what is traded.</summary>
    public ChanceFinder(SimulatedChain chain)
    {
        _chain = chain;
        var pools = chain.Pools.ToDictionary(pool => pool.Id);
        _index = CycleIndex.Build(pools.Values, new CycleScope { CyclesMax = CyclesMax });
        _pools = [.. _index.Pools.ToArray().Select(indexed => pools[indexed.Id])];
        _sizer = new CycleSizer(new SizingLimits { TicksCrossedMax = 32 });
        lock (chain.Gate) chain.Happened += See;
    }

    /// <summary>
    /// The best chance over each pool that was traded at since the last look, the best first, none below a profit.
    /// Inside the chain's gate.
    /// </summary>
    public List<Chance> Take(Lamports profitMin)
    {
        var found = new Dictionary<int, Chance>();
        var rated = _touched.Order().SelectMany(pool => _index.CyclesOf(pool).ToArray()).Distinct()
            .Select(cycle => (Cycle: cycle, Rate: RateOf(cycle))).Where(rated => rated.Rate > 1)
            .OrderByDescending(rated => rated.Rate).ThenBy(rated => rated.Cycle).Take(SizedMax).ToList();
        _touched.Clear();
        foreach (var (cycle, _) in rated)
            if (Size(cycle) is { } chance && chance.Profit >= profitMin) found.Add(cycle, chance);
        return [.. found.OrderByDescending(entry => entry.Value.Profit.Value).ThenBy(entry => entry.Key)
            .Select(entry => entry.Value)];
    }

    private void See(ChainEvent happened)
    {
        if (happened is not TransactionExecuted { Receipt.IsFailed: false } executed) return;
        foreach (var account in executed.Transaction.Accounts)
            if (account.IsWritable && _index.TryFind(new PoolId(account.Key), out var pool)) _touched.Add(pool);
    }

    private double RateOf(int cycle)
    {
        var rate = 1.0;
        foreach (var edge in _index.EdgesOf(cycle))
            rate *= _pools[edge >> 1].MarginalRate((SwapDirection)(edge & 1));
        return rate;
    }

    private Chance? Size(int cycle)
    {
        if (!_sizer.Size(_index, cycle, _pools, _chain.Clock, _sized)) return null;
        var edges = _index.EdgesOf(cycle).ToArray();
        var hops = _sized.Hops.ToArray();
        return new Chance(
            [.. edges.Zip(hops, (edge, amounts) => (_index.HopOf(edge), amounts))], new Lamports(_sized.ProfitUnits));
    }
}
