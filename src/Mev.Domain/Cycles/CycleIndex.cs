using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Cycles;

/// <summary>
/// The directed cycles of a universe of pools, laid out for a hot loop: pools by address, two directed edges for each
/// (edge = 2 * pool + direction), a cycle as <see cref="HopsMax"/> edge numbers padded with a unit edge whose rate is
/// 1, and for each pool the cycles over it. Immutable; the same pools give the same numbers.
/// </summary>
public sealed class CycleIndex
{
    /// <summary>Most hops that the layout holds; the numbers of edges kept for each cycle.</summary>
    public const int HopsMax = 4;

    private readonly IndexedPool[] _pools;
    private readonly int[] _edges;
    private readonly Digest[] _hashes;
    private readonly int[] _touchStarts;
    private readonly int[] _touching;
    private readonly int[] _touchingEdges;

    private CycleIndex(IndexedPool[] pools, int[] edges, Digest[]? hashes, long leftOut, int poolsSkipped)
    {
        (_pools, _edges, LeftOut, PoolsSkipped) = (pools, edges, leftOut, poolsSkipped);
        _hashes = hashes ?? HashAll();
        _touchStarts = new int[pools.Length + 1];
        _touching = new int[edges.Count(edge => edge != UnitEdge)];
        _touchingEdges = new int[_touching.Length * HopsMax];
        FillTouching();
    }

    /// <summary>
    /// Indexes the cycles of <paramref name="pools"/> within <paramref name="scope"/>. Pools whose mints are not known
    /// or are equal cannot be part of one; they are skipped and counted.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound of the scope is outside its range.</exception>
    /// <exception cref="ArgumentException">Two pools have one address.</exception>
    public static CycleIndex Build(IEnumerable<Pool> pools, CycleScope scope)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scope.HopsMax, 2, nameof(scope));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scope.HopsMax, HopsMax, nameof(scope));
        ArgumentOutOfRangeException.ThrowIfNegative(scope.CyclesMax, nameof(scope));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scope.CyclesMax, 1 << 27, nameof(scope));
        var all = pools.Select(pool => new IndexedPool(pool.Id, pool.MintA, pool.MintB)).ToList();
        var usable = all.Where(pool => pool.MintA != pool.MintB && !pool.MintA.IsZero && !pool.MintB.IsZero)
            .OrderBy(pool => pool.Id).ToArray();
        for (var i = 1; i < usable.Length; i++)
        {
            if (usable[i].Id == usable[i - 1].Id)
                throw new ArgumentException($"pool {usable[i].Id} is given twice", nameof(pools));
        }
        var search = new CycleSearch(usable, scope.BaseMints, scope.CyclesMax);
        search.Run(scope.HopsMax);
        return new CycleIndex(usable, [.. search.Edges], null, search.LeftOut, all.Count - usable.Length);
    }

    /// <summary>Pools in the order of their numbers, which is that of their addresses.</summary>
    public ReadOnlySpan<IndexedPool> Pools => _pools;

    /// <summary>Cycles indexed; their numbers are 0 to this minus 1.</summary>
    public int CycleCount => _hashes.Length;

    /// <summary>Cycles that the scope's bound left out of the index of the whole universe; 0 means complete.</summary>
    public long LeftOut { get; }

    /// <summary>Pools given that no cycle can use, their mints being unknown or equal.</summary>
    public int PoolsSkipped { get; }

    /// <summary>Number of the edge that pads short cycles, which is also the number of real edges.</summary>
    public int UnitEdge => 2 * _pools.Length;

    /// <summary>Edges of all cycles, <see cref="HopsMax"/> for each, padded with <see cref="UnitEdge"/>.</summary>
    public ReadOnlySpan<int> PaddedEdges => _edges;

    /// <summary>The edges of a cycle in the order of its hops, 2 to <see cref="HopsMax"/>.</summary>
    public ReadOnlySpan<int> EdgesOf(int cycle)
    {
        var padded = _edges.AsSpan(cycle * HopsMax, HopsMax);
        var padding = padded.IndexOf(UnitEdge);
        return padding < 0 ? padded : padded[..padding];
    }

    /// <summary>The cycles over a pool, ascending.</summary>
    public ReadOnlySpan<int> CyclesOf(int pool) =>
        _touching.AsSpan(_touchStarts[pool].._touchStarts[pool + 1]);

    /// <summary>
    /// The padded edges of the cycles over a pool, in the order of <see cref="CyclesOf"/>: kept beside the list, so
    /// that following it reads memory in one direction.
    /// </summary>
    public ReadOnlySpan<int> PaddedEdgesOver(int pool) =>
        _touchingEdges.AsSpan((_touchStarts[pool] * HopsMax)..(_touchStarts[pool + 1] * HopsMax));

    /// <summary>How many cycles are over a pool.</summary>
    public int CycleCountOf(int pool) => _touchStarts[pool + 1] - _touchStarts[pool];

    /// <summary>The cycle's hash (see <see cref="CycleHash"/>).</summary>
    public Digest HashOf(int cycle) => _hashes[cycle];

    /// <summary>The mint in which the cycle starts and ends.</summary>
    public Pubkey BaseMintOf(int cycle) => MintIn(_edges[cycle * HopsMax]);

    /// <summary>The mint that an edge takes.</summary>
    public Pubkey MintIn(int edge) => (edge & 1) == 0 ? _pools[edge >> 1].MintA : _pools[edge >> 1].MintB;

    /// <summary>The swap that an edge stands for.</summary>
    public Hop HopOf(int edge) => new(_pools[edge >> 1].Id, (SwapDirection)(edge & 1));

    /// <summary>The number of a pool; false when the index has no such pool.</summary>
    public bool TryFind(PoolId id, out int pool)
    {
        var (low, high) = (0, _pools.Length - 1);
        while (low <= high)
        {
            pool = (low + high) / 2;
            var order = _pools[pool].Id.CompareTo(id);
            if (order == 0) return true;
            if (order < 0) low = pool + 1;
            else high = pool - 1;
        }
        pool = -1;
        return false;
    }

    /// <summary>The market shard of a cycle: eight bytes of its hash, big-endian, modulo the shards.</summary>
    public static int ShardOf(Digest cycleHash, int shardCount)
    {
        Span<byte> bytes = stackalloc byte[Digest.Length];
        cycleHash.CopyTo(bytes);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)shardCount);
    }

    /// <summary>
    /// The cycles of one shard, in their order, with just the pools that they use. The shards of a count hold every
    /// cycle once between them.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The shard is not one of the count.</exception>
    public CycleIndex Shard(int shardCount, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shardCount);
        int[] cycles = [.. Enumerable.Range(0, CycleCount).Where(i => ShardOf(_hashes[i], shardCount) == shard)];
        var isUsed = new bool[_pools.Length];
        foreach (var cycle in cycles)
            foreach (var edge in EdgesOf(cycle)) isUsed[edge >> 1] = true;
        int[] used = [.. Enumerable.Range(0, _pools.Length).Where(pool => isUsed[pool])];
        var number = new int[_pools.Length];
        for (var i = 0; i < used.Length; i++) number[used[i]] = i;

        var edges = new int[cycles.Length * HopsMax];
        Array.Fill(edges, 2 * used.Length);
        for (var i = 0; i < cycles.Length; i++)
        {
            var hop = i * HopsMax;
            foreach (var edge in EdgesOf(cycles[i])) edges[hop++] = 2 * number[edge >> 1] + (edge & 1);
        }
        return new CycleIndex([.. used.Select(pool => _pools[pool])], edges,
            [.. cycles.Select(cycle => _hashes[cycle])], LeftOut, PoolsSkipped);
    }

    private Digest[] HashAll()
    {
        var hashes = new Digest[_edges.Length / HopsMax];
        Span<Hop> hops = stackalloc Hop[HopsMax];
        for (var cycle = 0; cycle < hashes.Length; cycle++)
        {
            var edges = EdgesOf(cycle);
            for (var i = 0; i < edges.Length; i++) hops[i] = HopOf(edges[i]);
            hashes[cycle] = CycleHash.Of(hops[..edges.Length]);
        }
        return hashes;
    }

    private void FillTouching()
    {
        foreach (var edge in _edges)
            if (edge != UnitEdge) _touchStarts[(edge >> 1) + 1]++;
        for (var pool = 0; pool < _pools.Length; pool++) _touchStarts[pool + 1] += _touchStarts[pool];
        var next = _touchStarts.AsSpan(0, _pools.Length).ToArray();
        for (var i = 0; i < _edges.Length; i++)
        {
            if (_edges[i] == UnitEdge) continue;
            var place = next[_edges[i] >> 1]++;
            _touching[place] = i / HopsMax;
            _edges.AsSpan(i / HopsMax * HopsMax, HopsMax).CopyTo(_touchingEdges.AsSpan(place * HopsMax));
        }
    }
}
