using System.Collections.Immutable;
using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// The Merkle tree of one partition (RFC 6962), append-only, with every complete subtree in memory: 64 bytes for each
/// leaf. It proves for any size it ever had. Used by one caller at a time. A running host has a
/// <see cref="StoredTree"/> instead.
/// </summary>
public sealed class MerkleTree
{
    private readonly List<List<Digest>> _levels = [[]]; // complete subtrees of 2^level leaves

    /// <summary>Leaves so far.</summary>
    public long Size => _levels[0].Count;

    /// <summary>Takes the hash of the next record (<see cref="LeafHash"/>).</summary>
    public void Append(Digest leaf)
    {
        _levels[0].Add(leaf);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (_levels.Count == level + 1) _levels.Add([]);
            _levels[level + 1].Add(NodeHash.Of(_levels[level][^2], _levels[level][^1]));
        }
    }

    /// <summary>The root over the first leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More leaves than there are.</exception>
    public Digest Root(long size)
    {
        ProofRanges.CheckRange(size, 0, Size, nameof(size));
        return size == 0 ? NodeHash.Empty : Hash(new LeafRange(0, size));
    }

    /// <summary>That a leaf is in the tree of that size: the siblings on its way up, bottom first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such size, or no such leaf in it.</exception>
    public ImmutableArray<Digest> Inclusion(long index, long size)
    {
        ProofRanges.CheckRange(size, 1, Size, nameof(size));
        return [.. ProofRanges.Inclusion(index, size).Select(Hash)];
    }

    /// <summary>That the tree of one size is the beginning of the tree of another; empty where they are one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 &lt;= from &lt;= to &lt;= <see cref="Size"/>.</exception>
    public ImmutableArray<Digest> Consistency(long from, long to)
    {
        ProofRanges.CheckRange(to, 1, Size, nameof(to));
        return [.. ProofRanges.Consistency(from, to).Select(Hash)];
    }

    private Digest Hash(LeafRange range)
    {
        var (begin, count) = range;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return _levels[level][(int)(begin >> level)];
        }
        var left = ProofRanges.Split(count);
        return NodeHash.Of(Hash(new LeafRange(begin, left)), Hash(new LeafRange(begin + left, count - left)));
    }
}
