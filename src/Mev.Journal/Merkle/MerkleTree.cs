using System.Collections.Immutable;
using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// The Merkle tree of one partition (RFC 6962), append-only, with every complete subtree in memory: 64 bytes for each
/// leaf. It proves for any size it ever had. Used by one caller at a time.
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
        CheckRange(size, 0, Size, nameof(size));
        return size == 0 ? NodeHash.Empty : Hash(0, size);
    }

    /// <summary>That a leaf is in the tree of that size: the siblings on its way up, bottom first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such size, or no such leaf in it.</exception>
    public ImmutableArray<Digest> Inclusion(long index, long size)
    {
        CheckRange(size, 1, Size, nameof(size));
        CheckRange(index, 0, size - 1, nameof(index));
        var proof = ImmutableArray.CreateBuilder<Digest>();
        AddPath(proof, index, 0, size);
        return proof.ToImmutable();
    }

    /// <summary>That the tree of one size is the beginning of the tree of another; empty where they are one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 &lt;= from &lt;= to &lt;= <see cref="Size"/>.</exception>
    public ImmutableArray<Digest> Consistency(long from, long to)
    {
        CheckRange(to, 1, Size, nameof(to));
        CheckRange(from, 1, to, nameof(from));
        var proof = ImmutableArray.CreateBuilder<Digest>();
        AddConsistency(proof, from, 0, to, isWhole: true);
        return proof.ToImmutable();
    }

    // The names below are those of RFC 6962 section 2.1: MTH, PATH and SUBPROOF over the leaves from a begin on.
    private Digest Hash(long begin, long count)
    {
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return _levels[level][(int)(begin >> level)];
        }
        var left = Split(count);
        return NodeHash.Of(Hash(begin, left), Hash(begin + left, count - left));
    }

    private void AddPath(ImmutableArray<Digest>.Builder proof, long index, long begin, long count)
    {
        if (count == 1) return;
        var left = Split(count);
        if (index < left)
        {
            AddPath(proof, index, begin, left);
            proof.Add(Hash(begin + left, count - left));
        }
        else
        {
            AddPath(proof, index - left, begin + left, count - left);
            proof.Add(Hash(begin, left));
        }
    }

    private void AddConsistency(ImmutableArray<Digest>.Builder proof, long from, long begin, long count, bool isWhole)
    {
        if (from == count)
        {
            if (!isWhole) proof.Add(Hash(begin, count));
            return;
        }
        var left = Split(count);
        if (from <= left)
        {
            AddConsistency(proof, from, begin, left, isWhole);
            proof.Add(Hash(begin + left, count - left));
        }
        else
        {
            AddConsistency(proof, from - left, begin + left, count - left, isWhole: false);
            proof.Add(Hash(begin, left));
        }
    }

    /// <summary>The largest power of two below the count.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    private static void CheckRange(long value, long min, long max, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
    }
}
