using System.Security.Cryptography;
using Mev.Journal;

namespace Mev.Adapters.Tests.Journal;

public sealed class LeafHashTests
{
    // specs/audit.md section 8: leaves and the roots of the first n.
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Leaves_build_the_published_roots(int count, string root)
        => Assert.Equal(root, Convert.ToHexStringLower(Root([.. Leaves[..count].Select(Leaf)])));

    [Fact]
    public void A_leaf_hash_without_its_prefix_builds_another_root()
    {
        byte[][] leaves = [.. Leaves.Select(hex => SHA256.HashData(Convert.FromHexString(hex)))];

        Assert.NotEqual(Root([.. Leaves.Select(Leaf)]), Root(leaves));
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(100_000)]
    public void A_long_record_is_hashed_whole(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        Assert.Equal(SHA256.HashData([0, .. bytes]), LeafHash.Of(bytes).ToArray());
    }

    private static byte[] Leaf(string hex) => LeafHash.Of(Convert.FromHexString(hex)).ToArray();

    // RFC 6962 section 2.1: split at the largest power of two below the count.
    private static byte[] Root(byte[][] leaves)
    {
        if (leaves.Length == 1) return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Length) split *= 2;
        return SHA256.HashData([1, .. Root(leaves[..split]), .. Root(leaves[split..])]);
    }
}
