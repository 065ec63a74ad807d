using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Domain.Pools.ConstantProduct;
using Mev.Domain.Pools.Tokens;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Benchmarks.Loads;

/// <summary>
/// Makes the transactions of a pool with the exact mathematics: swaps that leave it at rest, and swaps that open a gap
/// of a chosen width over some of its cycles.
/// </summary>
internal sealed class GapBuilder
{
    private const double RestShare = 2e-5; // of the depth: far below every fee
    private const double NarrowMargin = 1e-7; // passes the filter, but no whole unit is gained
    private const double GapMargin = 3.5e-2;
    private const double BigMargin = 1.5e-1;
    private const int GapRank = 5; // cycles that are to pay besides the best
    private const int VaultCounter = 76; // delegate of a token account without one
    private const int WhirlpoolCounter = 165; // fee growth of A

    private static readonly ChainClock Clock = new(LoadFeed.FirstSlot, 1_760_000_000);

    private readonly CycleIndex _index;
    private readonly CandidateFilter _filter;
    private ulong _version = 1;

    public GapBuilder(CycleIndex index, LoadPool[] pools)
    {
        (_index, _filter) = (index, new CandidateFilter(index));
        foreach (var pool in pools) _filter.Update(Number(pool.Pool), pool.Pool);
    }

    public void Fill(LoadPool pool)
    {
        var moved = Copy(pool.Pool);
        var depth = moved is ConstantProductPool constant ? constant.ReserveA.Units : pool.Pool is WhirlpoolPool w
            ? (ulong)Math.Min(1e17, (double)w.Liquidity / ((double)w.SqrtPrice / 18446744073709551616.0)) : 0;
        var there = Swap(moved, SwapDirection.AToB, (ulong)(depth * RestShare));
        var before = _version;
        var back = Swap(moved, SwapDirection.BToA, there.AmountOut.Units);
        if (!back.IsOk) throw new InvalidOperationException($"{pool.Pool.Id}: {back.Error}");
        var home = Variant(moved, pool.Pool, before);
        before = _version;
        Swap(moved, SwapDirection.AToB, (ulong)(depth * RestShare));
        pool.Rest = [home, Variant(moved, pool.Pool, before)];
        if (pool.Pool is not ConstantProductPool product) return;
        var direction = Number(pool.Pool) % 2 == 0 ? SwapDirection.AToB : SwapDirection.BToA;
        var rates = CycleRates(pool.Pool, direction);
        pool.Narrow = Open(product, direction, (1 + NarrowMargin) / rates[0]);
        var rank = rates[Math.Min(GapRank, rates.Count - 1)];
        pool.Gap = Open(product, direction, (1 + GapMargin) / rank);
        pool.Big = Open(product, direction, (1 + BigMargin) / rank);
    }

    /// <summary>Raises the pool's rate in a direction by a factor: somebody swapped the other way.</summary>
    private PoolVariant Open(ConstantProductPool pool, SwapDirection direction, double factor)
    {
        var other = direction == SwapDirection.AToB ? SwapDirection.BToA : SwapDirection.AToB;
        var reserve = direction == SwapDirection.AToB ? pool.ReserveB.Units : pool.ReserveA.Units;
        var wanted = pool.MarginalRate(direction) * factor;
        var (low, high) = (0UL, (ulong)(reserve * 4.0 * (Math.Sqrt(factor) - 1)));
        var moved = Copy(pool);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            moved.CopyFrom(pool);
            Swap(moved, other, middle);
            if (moved.MarginalRate(direction) < wanted) low = middle;
            else high = middle;
        }
        moved.CopyFrom(pool);
        var before = _version;
        Swap(moved, other, high);
        return Variant(moved, pool, before);
    }

    private Quote Swap(Pool pool, SwapDirection direction, ulong amount)
    {
        var quote = pool.Execute(direction, new TokenAmount(amount), Clock, _version);
        _version += 8;
        return quote;
    }

    private PoolVariant Variant(Pool moved, Pool atRest, ulong since)
    {
        var writes = new List<LoadWrite>();
        foreach (var account in moved.Accounts)
        {
            if (account.WriteVersion >= since)
                writes.Add(new LoadWrite(account.Key, account.Owner, account.Data.ToArray()));
        }
        var number = Number(atRest);
        _filter.Update(number, moved);
        var paying = 0;
        foreach (var cycle in _index.CyclesOf(number))
            if (Rate(cycle) > 1) paying += _index.EdgesOf(cycle).Length;
        _filter.Update(number, atRest);
        var isVault = writes[^1].Data.Length == TokenLayout.AccountLength;
        return new PoolVariant([.. writes], paying, isVault ? VaultCounter : WhirlpoolCounter);
    }

    private List<double> CycleRates(Pool pool, SwapDirection direction)
    {
        var (number, rates) = (Number(pool), new List<double>());
        foreach (var cycle in _index.CyclesOf(number))
            if (_index.EdgesOf(cycle).Contains(2 * number + (int)direction)) rates.Add(Rate(cycle));
        rates.Sort((left, right) => right.CompareTo(left));
        return rates;
    }

    private double Rate(int cycle)
    {
        var rate = 1.0;
        foreach (var edge in _index.EdgesOf(cycle)) rate *= _filter.EdgeRates[edge];
        return rate;
    }

    private int Number(Pool pool) => _index.TryFind(pool.Id, out var number)
        ? number
        : throw new InvalidOperationException($"{pool.Id} has no cycle");

    private static Pool Copy(Pool pool)
    {
        var copy = pool.NewEmpty();
        copy.CopyFrom(pool);
        return copy;
    }
}
