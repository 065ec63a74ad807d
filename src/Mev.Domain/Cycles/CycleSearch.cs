using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Cycles;

/// <summary>
/// Lists the directed cycles of distinct pools that start at a base mint and visit no other mint twice: shorter ones
/// first, then by base mint, then by edge.
/// </summary>
internal sealed class CycleSearch
{
    private readonly int[] _target;
    private readonly int[] _baseNodes;
    private readonly int[][] _outgoing;
    private readonly int[][] _closing;
    private readonly bool[] _isBarred;
    private readonly int[] _trail = new int[CycleIndex.HopsMax];
    private readonly int _cyclesMax;
    private readonly int _unitEdge;
    private readonly List<int> _edges = [];

    public CycleSearch(ReadOnlySpan<IndexedPool> pools, ImmutableArray<Pubkey> baseMints, int cyclesMax)
    {
        (_cyclesMax, _unitEdge) = (cyclesMax, 2 * pools.Length);
        var nodes = new Dictionary<Pubkey, int>();
        _target = new int[2 * pools.Length];
        for (var i = 0; i < pools.Length; i++)
        {
            _target[2 * i] = NodeOf(nodes, pools[i].MintB);
            _target[2 * i + 1] = NodeOf(nodes, pools[i].MintA);
        }
        _baseNodes = [.. baseMints.Where(nodes.ContainsKey).Select(mint => nodes[mint]).Distinct()];
        _outgoing = GroupBySource(nodes.Count);
        _closing = new int[nodes.Count][];
        _isBarred = new bool[nodes.Count];
    }

    /// <summary>Edges of the cycles found, <see cref="CycleIndex.HopsMax"/> each, padded with the unit edge.</summary>
    public IReadOnlyList<int> Edges => _edges;

    /// <summary>Cycles beyond the bound.</summary>
    public long LeftOut { get; private set; }

    public void Run(int hopsMax)
    {
        for (var hops = 2; hops <= hopsMax; hops++)
        {
            Array.Clear(_isBarred);
            foreach (var node in _baseNodes)
            {
                Start(node);
                Extend(node, 0, hops);
            }
        }
    }

    private static int NodeOf(Dictionary<Pubkey, int> nodes, Pubkey mint)
    {
        if (!nodes.TryGetValue(mint, out var node)) nodes.Add(mint, node = nodes.Count);
        return node;
    }

    // A base that had its turn stays barred: every cycle through it is already listed from there.
    private void Start(int node)
    {
        _isBarred[node] = true;
        Array.Fill(_closing, []);
        foreach (var source in _outgoing[node].Select(edge => _target[edge]).Distinct())
            _closing[source] = [.. _outgoing[source].Where(edge => _target[edge] == node)];
    }

    private void Extend(int node, int depth, int hops)
    {
        var isLast = depth == hops - 1;
        foreach (var edge in isLast ? _closing[node] : _outgoing[node])
        {
            if (IsUsed(edge >> 1, depth)) continue;
            _trail[depth] = edge;
            var next = _target[edge];
            if (isLast)
            {
                Keep(hops);
            }
            else if (!_isBarred[next])
            {
                _isBarred[next] = true;
                Extend(next, depth + 1, hops);
                _isBarred[next] = false;
            }
        }
    }

    private bool IsUsed(int pool, int depth)
    {
        for (var i = 0; i < depth; i++)
            if (_trail[i] >> 1 == pool) return true;
        return false;
    }

    private void Keep(int hops)
    {
        if (_edges.Count / CycleIndex.HopsMax >= _cyclesMax)
        {
            LeftOut++;
            return;
        }
        for (var i = 0; i < CycleIndex.HopsMax; i++)
            _edges.Add(i < hops ? _trail[i] : _unitEdge);
    }

    private int[][] GroupBySource(int nodeCount)
    {
        var lists = new List<int>[nodeCount];
        for (var i = 0; i < nodeCount; i++) lists[i] = [];
        for (var edge = 0; edge < _target.Length; edge++) lists[_target[edge ^ 1]].Add(edge);
        return [.. lists.Select(list => list.ToArray())];
    }
}
