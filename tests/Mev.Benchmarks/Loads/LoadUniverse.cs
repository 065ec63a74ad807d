using System.Collections.Immutable;
using Mev.Adapters.Paper.Generation;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Benchmarks.Loads;

/// <summary>
/// 10,000 pools, 70 % constant product (AMM v4 and CPMM by turns) and 30 % Whirlpools, as account bytes in the real
/// layouts. Islands of seven pools between WSOL and two mints, (2, 2, 3) and (2, 3, 2) pools on a side by turns: their
/// cycles of two and three hops touch 12 on average.
/// </summary>
internal sealed class LoadUniverse
{
    public const int PoolsPerIsland = 7;
    private const ulong Seed = 20_260;
    private const double SideLamports = 1e13;

    private static readonly int[][] Sides = [[2, 2, 3], [2, 3, 2]];

    private readonly int _wholeIslands; // what is left over lies between WSOL and one mint
    private readonly RandomKey _key = RandomKey.Of("benchmark", Seed);

    public LoadUniverse(int pools = 10_000)
    {
        _wholeIslands = pools / PoolsPerIsland;
        Pools = [.. Enumerable.Range(0, pools).Select(Build)];
        Index = CycleIndex.Build(Pools.Select(pool => pool.Pool), new CycleScope { BaseMints = [Mints.Wsol] });
        var gaps = new GapBuilder(Index, Pools);
        foreach (var pool in Pools) gaps.Fill(pool);
        HopsTotal = Enumerable.Range(0, Index.CycleCount).Sum(cycle => (long)Index.EdgesOf(cycle).Length);
    }

    public LoadPool[] Pools { get; }

    public CycleIndex Index { get; }

    /// <summary>Hops of all cycles: with the pools, the cycles that an update touches on average.</summary>
    public long HopsTotal { get; }

    public double TouchedPerUpdate => (double)HopsTotal / Pools.Length;

    public int Islands => 1 + Pools[^1].Island;

    public ImmutableArray<(string Kind, int Count)> Kinds =>
        [.. Pools.GroupBy(pool => pool.Pool.Protocol).OrderBy(g => g.Key).Select(g => (g.Key.ToString(), g.Count()))];

    private LoadPool Build(int number)
    {
        var island = number / PoolsPerIsland;
        var plan = Plan(number, island);
        var stream = new DrawStream(_key, (ulong)number);
        var isWhirlpool = number * 3 / 10 != (number + 1) * 3 / 10;
        var accounts = isWhirlpool ? WhirlpoolAccounts.Build(plan, stream, unixTime: 1_760_000_000)
            : number % 2 == 0 ? AmmV4Accounts.Build(plan) : CpmmAccounts.Build(plan);
        var id = new PoolId(accounts[0].Key);
        Pool pool = isWhirlpool ? new WhirlpoolPool(id)
            : number % 2 == 0 ? new RaydiumAmmV4Pool(id) : new RaydiumCpmmPool(id);
        foreach (var account in accounts) pool.Apply(account.Startup(LoadFeed.FirstSlot));
        if (pool.Defect != PoolDefect.None) throw new InvalidOperationException($"pool {number}: {pool.Defect}");
        return new LoadPool(pool, accounts, island);
    }

    private GeneratedPlan Plan(int number, int island)
    {
        var place = number % PoolsPerIsland;
        var sides = Sides[island % 2];
        var side = place < sides[0] || island == _wholeIslands ? 0 : place < sides[0] + sides[1] ? 1 : 2;
        var (one, other) = side switch { 0 => (0, 1), 1 => (1, 2), _ => (2, 0) };
        var (first, second) = (Mint(island, one), Mint(island, other));
        if (first.Key.CompareTo(second.Key) > 0) (first, second) = (second, first);
        var depthA = SideLamports / first.Value;
        var depthB = SideLamports / second.Value;
        var draws = new DrawStream(_key, (ulong)number).At(GeneratorPurposes.Pool);
        return new GeneratedPlan(
            number, Seed, new GeneratedMint(first.Key), new GeneratedMint(second.Key), (ulong)depthA, (ulong)depthB,
            depthB / depthA, draws.Uniform());
    }

    // Units of the mints are worth so little that no cycle is free of fees: AMM v4 charges none below 200 units.
    private (Pubkey Key, double Value) Mint(int island, int which)
    {
        if (which == 0) return (Mints.Wsol, 1.0);
        var number = 2 * island + which;
        var draws = new DrawStream(_key, (ulong)number).At(GeneratorPurposes.Mint);
        return (GeneratedAddress.Of(Seed, "mint", number), 1e-4 * DetMath.Exp(3.0 * draws.Uniform()));
    }
}
