using CsCheck;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Merkle;

/// <summary>The tree in files says what the tree in memory says, and outlives its process.</summary>
public sealed class StoredTreeTests : IDisposable
{
    private const int SizeMax = 70_000; // beyond a subtree of 65,536 leaves

    private static readonly Digest[] All = Leaves.Some(SizeMax);
    private static readonly MerkleTree Expected = Leaves.Tree(All);

    private readonly string _folder = Directory.CreateTempSubdirectory("stored-tree-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_root_and_proof_is_that_of_the_tree_in_memory()
    {
        using var tree = Grown();
        Assert.Equal(Expected.Root(SizeMax), tree.Root(SizeMax));
        Gen.Int[1, SizeMax].SelectMany(size => Gen.Select(
            Gen.Const(size), Gen.Int[0, size - 1], Gen.Int[1, size])).Sample(
            (size, index, from) =>
            {
                Assert.Equal(Expected.Root(size), tree.Root(size));
                Assert.Equal(Expected.Inclusion(index, size), tree.Inclusion(index, size));
                Assert.Equal(Expected.Consistency(from, size), tree.Consistency(from, size));
            },
            iter: Soak.Times(300, 20_000));
    }

    [Fact]
    public void Small_trees_are_right_at_every_size()
    {
        using var tree = StoredTree.Open(_folder);
        Assert.Equal(Expected.Root(0), tree.Root(0));
        for (var size = 1; size <= 600; size++)
        {
            tree.Append([All[size - 1]]);
            Assert.Equal(Expected.Root(size), tree.Root(size));
            Assert.Equal(Expected.Inclusion(size / 3, size), tree.Inclusion(size / 3, size));
            Assert.Equal(Expected.Consistency((size + 1) / 2, size), tree.Consistency((size + 1) / 2, size));
        }
    }

    [Fact]
    public void Opened_again_it_goes_on_whatever_a_kill_left_of_its_last_leaf()
    {
        Grown().Dispose();
        using (var leaves = new FileStream(StoredTree.LeafFile(_folder), FileMode.Open))
            leaves.SetLength(leaves.Length - 5);
        foreach (var nodes in Directory.GetFiles(_folder, "nodes-*")) File.WriteAllBytes(nodes, [1, 2, 3]);

        using var tree = StoredTree.Open(_folder);

        Assert.Equal(SizeMax - 1, tree.Size);
        tree.Append([All[^1]]);
        Assert.Equal(Expected.Root(SizeMax), tree.Root(SizeMax));
        Assert.Equal(Expected.Inclusion(3, SizeMax), tree.Inclusion(3, SizeMax));
        Assert.Equal(All, StoredTree.ReadLeaves(_folder));
    }

    [Fact]
    public void What_it_does_not_hold_cannot_be_asked_for()
    {
        using var tree = Grown();
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Root(SizeMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Inclusion(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Inclusion(0, SizeMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Consistency(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Consistency(6, 5));
    }

    [Fact(Explicit = true)]
    public void A_million_leaves_are_folded_and_proven_from()
    {
        const int Million = 1_000_000;
        using var tree = StoredTree.Open(_folder);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Million; i += 4_096)
            tree.Append([.. Enumerable.Range(i, Math.Min(4_096, Million - i)).Select(Leaf)]);
        var grown = TimeProvider.System.GetElapsedTime(started);
        started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1_000; i++)
        {
            var (index, size) = ((i * 997) + 1, Million - (i * 31));
            Assert.True(MerkleProof.Includes(
                Leaf(index), index, size, tree.Inclusion(index, size).AsSpan(), tree.Root(size)));
        }
        var proven = TimeProvider.System.GetElapsedTime(started);
        started = TimeProvider.System.GetTimestamp();
        using var again = StoredTree.Open(_folder);
        var opened = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"1 M leaves: grown in {grown.TotalMilliseconds:N0} ms, opened in {opened.TotalMilliseconds:N0} ms; an "
            + $"inclusion proof with root, checked, in {proven.TotalMilliseconds:N0} us");

        static Digest Leaf(int i) => LeafHash.Of(BitConverter.GetBytes(i));
    }

    private StoredTree Grown()
    {
        var tree = StoredTree.Open(_folder);
        for (var i = 0; i < SizeMax; i += 999) tree.Append(All.AsSpan(i, Math.Min(999, SizeMax - i)));
        return tree;
    }
}
