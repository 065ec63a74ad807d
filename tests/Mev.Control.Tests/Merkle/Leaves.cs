using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Merkle;

/// <summary>The published leaves (specs: audit, section 8), and as many others as wanted.</summary>
internal static class Leaves
{
    public static Digest[] Published { get; } =
    [
        .. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }
            .Select(hex => LeafHash.Of(Convert.FromHexString(hex))),
    ];

    public static Digest[] Some(int count) =>
        [.. Enumerable.Range(0, count).Select(i => LeafHash.Of(BitConverter.GetBytes(i)))];

    public static MerkleTree Tree(IEnumerable<Digest> leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree;
    }

    public static Digest Hex(string hex) => new(Convert.FromHexString(hex));
}
