using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// The root of a growing partition in the memory of its complete subtrees, one for each set bit of the size: what a
/// checkpoint needs. Proofs need the <see cref="MerkleTree"/>.
/// </summary>
public sealed class MerkleFrontier
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
    public void Append(Digest leaf)
    {
        var level = 0;
        for (; (Size >> level & 1) != 0; level++) leaf = NodeHash.Of(_subtrees[level], leaf);
        _subtrees[level] = leaf;
        Size++;
    }
}
