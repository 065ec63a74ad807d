using System.Security.Cryptography;
using Mev.Domain.Chain;

namespace Mev.Control.Tests.Merkle;

/// <summary>RFC 6962 section 2.1 word for word, everything hashed anew each time.</summary>
internal static class NaiveTree
{
    public static Digest Root(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.IsEmpty) return new Digest(SHA256.HashData([]));
        if (leaves.Length == 1) return leaves[0];
        var split = Split(leaves.Length);
        return new Digest(SHA256.HashData(
            [1, .. Root(leaves[..split]).ToArray(), .. Root(leaves[split..]).ToArray()]));
    }

    public static IEnumerable<Digest> Path(int index, Digest[] leaves)
    {
        if (leaves.Length == 1) return [];
        var split = Split(leaves.Length);
        return index < split
            ? Path(index, leaves[..split]).Append(Root(leaves.AsSpan(split)))
            : Path(index - split, leaves[split..]).Append(Root(leaves.AsSpan(0, split)));
    }

    public static IEnumerable<Digest> Proof(int from, Digest[] leaves, bool isWhole = true)
    {
        if (from == leaves.Length) return isWhole ? [] : [Root(leaves)];
        var split = Split(leaves.Length);
        return from <= split
            ? Proof(from, leaves[..split], isWhole).Append(Root(leaves.AsSpan(split)))
            : Proof(from - split, leaves[split..], isWhole: false).Append(Root(leaves.AsSpan(0, split)));
    }

    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count) split *= 2;
        return split;
    }
}
