using CsCheck;
using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Merkle;

/// <summary>Every proof of every size up to 300 against the naive tree, and proofs that are none.</summary>
public sealed class MerkleProofTests
{
    private const int SizeMax = 300;

    private static readonly Digest[] All = Leaves.Some(SizeMax);
    private static readonly MerkleTree Tree = Leaves.Tree(All);

    [Fact]
    public void Every_root_is_that_of_the_naive_tree()
    {
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= SizeMax; size++)
        {
            var root = NaiveTree.Root(All.AsSpan(0, size));
            Assert.Equal(root, Tree.Root(size));
            Assert.Equal(root, frontier.Root);
            if (size < SizeMax) frontier.Append(All[size]);
        }
    }

    [Fact]
    public void Proofs_are_those_of_the_naive_tree_and_hold() =>
        Gen.Int[1, SizeMax].SelectMany(size => Gen.Select(
            Gen.Const(size), Gen.Int[0, size - 1], Gen.Int[1, size])).Sample(
            (size, index, from) =>
            {
                var inclusion = Tree.Inclusion(index, size);
                Assert.Equal(NaiveTree.Path(index, All[..size]), inclusion);
                Assert.True(MerkleProof.Includes(All[index], index, size, inclusion.AsSpan(), Tree.Root(size)));
                var consistency = Tree.Consistency(from, size);
                Assert.Equal(NaiveTree.Proof(from, All[..size]), consistency);
                Assert.True(MerkleProof.IsConsistent(
                    from, size, consistency.AsSpan(), Tree.Root(from), Tree.Root(size)));
            },
            iter: Soak.Times(1_500, 100_000));

    [Fact]
    public void A_leaf_is_at_one_place_of_one_tree_by_one_proof() =>
        Gen.Int[2, SizeMax].SelectMany(size => Gen.Select(
            Gen.Const(size), Gen.Int[0, size - 1], Gen.Int[0, SizeMax - 1], Forgery)).Sample(
            (size, index, other, forge) =>
            {
                var proof = Tree.Inclusion(index, size).ToArray();
                var (root, leaf) = (Tree.Root(size), All[index]);
                var forged = forge(proof);
                if (!forged.SequenceEqual(proof))
                    Assert.False(MerkleProof.Includes(leaf, index, size, forged, root));
                if (other == index) return;
                Assert.False(MerkleProof.Includes(All[other], index, size, proof, root), "another leaf");
                Assert.False(MerkleProof.Includes(leaf, other, size, proof, root), "another place");
                Assert.False(MerkleProof.Includes(leaf, index, size, proof, Tree.Root(other)) && other != size);
            },
            iter: Soak.Times(20_000, 1_000_000));

    [Fact]
    public void A_tree_is_the_beginning_of_another_by_one_proof() =>
        Gen.Int[2, SizeMax].SelectMany(to => Gen.Select(
            Gen.Const(to), Gen.Int[1, to - 1], Gen.Int[0, SizeMax], Forgery)).Sample(
            (to, from, other, forge) =>
            {
                var proof = Tree.Consistency(from, to).ToArray();
                var (earlier, later) = (Tree.Root(from), Tree.Root(to));
                var forged = forge(proof);
                if (!forged.SequenceEqual(proof))
                    Assert.False(MerkleProof.IsConsistent(from, to, forged, earlier, later));
                if (other != from) Assert.False(MerkleProof.IsConsistent(from, to, proof, Tree.Root(other), later));
                if (other != to) Assert.False(MerkleProof.IsConsistent(from, to, proof, earlier, Tree.Root(other)));
                Assert.False(MerkleProof.IsConsistent(to, from, proof, later, earlier), "backwards");
            },
            iter: Soak.Times(20_000, 1_000_000));

    [Fact]
    public void A_rewritten_leaf_is_found_by_every_later_checkpoint()
    {
        Digest[] rewritten = [.. All];
        rewritten[100] = All[101];
        var other = Leaves.Tree(rewritten);
        for (var from = 101; from < 200; from++)
        {
            Assert.False(MerkleProof.IsConsistent(
                from, 250, other.Consistency(from, 250).AsSpan(), Tree.Root(from), other.Root(250)));
        }
    }

    [Fact]
    public void Edges_of_sizes_prove_nothing_false()
    {
        var (empty, one) = (Tree.Root(0), Tree.Root(1));
        Assert.False(MerkleProof.Includes(All[0], 0, 0, [], empty));
        Assert.False(MerkleProof.Includes(All[0], -1, 1, [], one));
        Assert.False(MerkleProof.Includes(All[0], 1, 1, [], one));
        Assert.True(MerkleProof.Includes(All[0], 0, 1, [], one));
        Assert.True(MerkleProof.IsConsistent(0, 5, [], empty, Tree.Root(5)));
        Assert.False(MerkleProof.IsConsistent(0, 5, [], one, Tree.Root(5)));
        Assert.False(MerkleProof.IsConsistent(0, 5, [one], empty, Tree.Root(5)));
        Assert.True(MerkleProof.IsConsistent(5, 5, [], Tree.Root(5), Tree.Root(5)));
        Assert.False(MerkleProof.IsConsistent(5, 5, [], Tree.Root(5), Tree.Root(4)));
        Assert.False(MerkleProof.IsConsistent(5, 5, [one], Tree.Root(5), Tree.Root(5)));
        Assert.False(MerkleProof.IsConsistent(4, 8, [], Tree.Root(4), Tree.Root(8)));
        Assert.False(MerkleProof.IsConsistent(-1, 8, [], empty, Tree.Root(8)));
        Assert.False(MerkleProof.Includes(All[0], 0, long.MaxValue, [], one));
    }

    [Fact]
    public void What_the_tree_does_not_hold_cannot_be_asked_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Root(SizeMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Inclusion(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Inclusion(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Consistency(6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Consistency(0, 5));
    }

    /// <summary>Nodes changed, left out, doubled, swapped or added.</summary>
    private static Gen<Func<Digest[], Digest[]>> Forgery { get; } =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 20], Gen.Int[0, 20]).Select<(int, int, int), Func<Digest[], Digest[]>>(
            choice => proof =>
            {
                var (kind, one, two) = choice;
                if (proof.Length == 0) return [All[0]];
                var (i, j) = (one % proof.Length, two % proof.Length);
                Digest[] forged = [.. proof];
                switch (kind)
                {
                    case 0: forged[i] = Digest.Of(proof[i].ToArray()); return forged;
                    case 1: return [.. proof[..i], .. proof[(i + 1)..]];
                    case 2: return [.. proof[..i], proof[i], .. proof[i..]];
                    case 3: (forged[i], forged[j]) = (forged[j], forged[i]); return forged;
                    default: return [.. proof, proof[j]];
                }
            });
}
