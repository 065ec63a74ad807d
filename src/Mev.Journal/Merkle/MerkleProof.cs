using System.Numerics;
using Mev.Domain.Chain;

namespace Mev.Journal.Merkle;

/// <summary>
/// Checks proofs of whoever they come from, by RFC 9162 sections 2.1.3.2 and 2.1.4.2. What does not fit in length, side
/// or size proves nothing.
/// </summary>
public static class MerkleProof
{
    /// <summary>The leaf stands at that index of the tree with that size and root.</summary>
    public static bool Includes(Digest leaf, long index, long size, ReadOnlySpan<Digest> proof, Digest root)
    {
        if (index < 0 || index >= size) return false;
        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if (IsRight(node, last))
            {
                hash = NodeHash.Of(sibling, hash);
                Climb(ref node, ref last);
            }
            else
            {
                hash = NodeHash.Of(hash, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }

    /// <summary>The tree of size <paramref name="from"/> is the beginning of that of <paramref name="to"/>.</summary>
    public static bool IsConsistent(long from, long to, ReadOnlySpan<Digest> proof, Digest fromRoot, Digest toRoot)
    {
        if (from < 0 || from > to) return false;
        if (from == to) return proof.IsEmpty && fromRoot == toRoot;
        if (from == 0) return proof.IsEmpty && fromRoot == NodeHash.Empty;
        if (proof.IsEmpty) return false;
        var (node, last) = (from - 1, to - 1);
        while ((node & 1) != 0) (node, last) = (node >> 1, last >> 1);
        // a whole subtree is not told again: its root is the earlier one
        var start = BitOperations.IsPow2(from) ? fromRoot : proof[0];
        var (earlier, later) = (start, start);
        foreach (var sibling in BitOperations.IsPow2(from) ? proof : proof[1..])
        {
            if (last == 0) return false;
            if (IsRight(node, last))
            {
                (earlier, later) = (NodeHash.Of(sibling, earlier), NodeHash.Of(sibling, later));
                Climb(ref node, ref last);
            }
            else
            {
                later = NodeHash.Of(later, sibling);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && earlier == fromRoot && later == toRoot;
    }

    /// <summary>Its sibling stands on the left; the last node of a level may have one further up only.</summary>
    private static bool IsRight(long node, long last) => (node & 1) != 0 || node == last;

    /// <summary>Up to the level where the node has that sibling.</summary>
    private static void Climb(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
    }
}
