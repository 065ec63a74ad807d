using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// The root of a growing partition in the memory of its complete subtrees, one for each set bit of the size: what a
/// checkpoint needs. Proofs need the <see cref="MerkleTree"/> or the <see cref="StoredTree"/>.
/// </summary>
/// <param name="completed">Is told the level and root of every subtree as it becomes complete; null: nobody is.</param>
public sealed class MerkleFrontier(Action<int, Digest>? completed = null)
{
    private readonly Digest[] _subtrees = new Digest[63]; // by level; only those of the size's set bits count

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves so far.</summary>
    public Digest Root
    {
        get
        {
            if (Size == 0) return NodeHash.Empty;
            var level = BitOperations.TrailingZeroCount(Size);
            var root = _subtrees[level];
            for (level++; Size >> level != 0; level++)
                if ((Size >> level & 1) != 0) root = NodeHash.Of(_subtrees[level], root);
            return root;
        }
    }

    /// <summary>Takes the hash of the next record (<see cref="LeafHash"/>).</summary>
    public void Append(Digest leaf) => Append(leaf, level: 0);

    /// <summary>Takes a complete subtree of 2^level leaves at once; the size is a multiple of that.</summary>
    internal void Append(Digest node, int level)
    {
        var grown = Size + (1L << level);
        for (; (Size >> level & 1) != 0;)
        {
            node = NodeHash.Of(_subtrees[level], node);
            level++;
            completed?.Invoke(level, node);
        }
        _subtrees[level] = node;
        Size = grown;
    }
}
