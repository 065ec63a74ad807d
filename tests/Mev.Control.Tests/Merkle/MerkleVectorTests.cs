using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Merkle;

/// <summary>The published roots and proofs (specs: audit, section 8).</summary>
public sealed class MerkleVectorTests
{
    private const string Four = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
    private const string First = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private const string Second = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private const string Right = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private const string Fifth = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private const string Last = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, Four)]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_the_published_ones(int size, string root)
    {
        var frontier = new MerkleFrontier();
        foreach (var leaf in Leaves.Published[..size]) frontier.Append(leaf);

        Assert.Equal(root, Leaves.Tree(Leaves.Published).Root(size).ToString());
        Assert.Equal((size, root), (frontier.Size, frontier.Root.ToString()));
    }

    [Theory]
    [InlineData(0, 8, First, Second, Right)]
    [InlineData(5, 8, Fifth, Last, Four)]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Second, Fifth)]
    public void Inclusion_proofs_are_the_published_ones(int index, int size, params string[] proof)
    {
        var tree = Leaves.Tree(Leaves.Published);

        Assert.Equal(proof, tree.Inclusion(index, size).Select(node => node.ToString()));
        Assert.True(MerkleProof.Includes(
            Leaves.Published[index], index, size, [.. proof.Select(Leaves.Hex)], tree.Root(size)));
    }

    [Theory]
    [InlineData(1, 8, First, Second, Right)]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", Last, Four)]
    [InlineData(2, 5, Second, Fifth)]
    [InlineData(
        3, 7, "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e")]
    public void Consistency_proofs_are_the_published_ones(int from, int to, params string[] proof)
    {
        var tree = Leaves.Tree(Leaves.Published);

        Assert.Equal(proof, tree.Consistency(from, to).Select(node => node.ToString()));
        Assert.True(MerkleProof.IsConsistent(
            from, to, [.. proof.Select(Leaves.Hex)], tree.Root(from), tree.Root(to)));
    }
}
