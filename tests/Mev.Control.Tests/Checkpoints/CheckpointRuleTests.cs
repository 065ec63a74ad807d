using Mev.Control.Checkpoints;
using Mev.Control.Tests.Merkle;
using Mev.Control.Tests.Signatures;
using Mev.Journal.Merkle;

namespace Mev.Control.Tests.Checkpoints;

/// <summary>Neither the log nor a witness signs two histories.</summary>
public sealed class CheckpointRuleTests
{
    private const string Origin = "audit.example/partition-0";

    private static readonly MerkleTree Tree = Leaves.Tree(Leaves.Some(60));
    private static readonly MerkleTree Fork = Leaves.Tree(Leaves.Some(60).Select((leaf, i) => i == 7 ? default : leaf));

    [Fact]
    public void The_log_signs_what_continues_and_refuses_a_fork()
    {
        using var key = TestKey.Of(1);
        var signer = new CheckpointSigner(Origin, key, last: null);
        Assert.NotNull(signer.Sign(10, Tree.Root(10), [], out _));
        Assert.NotNull(signer.Sign(25, Tree.Root(25), Tree.Consistency(10, 25).AsSpan(), out _));
        Assert.NotNull(signer.Sign(25, Tree.Root(25), [], out _)); // the same again

        Assert.Null(signer.Sign(30, Fork.Root(30), Fork.Consistency(25, 30).AsSpan(), out var defect));
        Assert.Equal(CheckpointDefect.Forked, defect);
        Assert.Null(signer.Sign(25, Fork.Root(25), [], out defect));
        Assert.Equal(CheckpointDefect.Forked, defect);
        Assert.Null(signer.Sign(30, Tree.Root(30), [], out defect)); // no proof
        Assert.Equal(CheckpointDefect.Forked, defect);
        Assert.Null(signer.Sign(24, Tree.Root(24), [], out defect));
        Assert.Equal(CheckpointDefect.Shrunk, defect);
        Assert.Equal(25, signer.Last!.Size); // a refusal changes nothing
        Assert.NotNull(signer.Sign(30, Tree.Root(30), Tree.Consistency(25, 30).AsSpan(), out _));
    }

    [Fact]
    public void A_restarted_log_remembers_what_it_signed()
    {
        using var key = TestKey.Of(1);
        var signer = new CheckpointSigner(Origin, key, new Checkpoint(Origin, 25, Tree.Root(25)));

        Assert.Null(signer.Sign(30, Fork.Root(30), Fork.Consistency(25, 30).AsSpan(), out var defect));
        Assert.Equal(CheckpointDefect.Forked, defect);
        Assert.Null(new CheckpointSigner(Origin, key, new Checkpoint("other", 25, Tree.Root(25)))
            .Sign(30, Tree.Root(30), Tree.Consistency(25, 30).AsSpan(), out defect));
        Assert.Equal(CheckpointDefect.Stranger, defect);
    }

    [Fact]
    public void A_witness_cosigns_one_history_of_one_log()
    {
        using var key = TestKey.Of(1);
        using var own = TestKey.Of(2);
        var log = NoteKey.OfLog(Origin, key.PublicKey);
        var witness = new CheckpointWitness(log, "witness.example/w1", own, last: null);
        Assert.NotNull(witness.Cosign(Signed(Tree, 10), [], 1, out _));
        Assert.NotNull(witness.Cosign(Signed(Tree, 25), Tree.Consistency(10, 25).AsSpan(), 2, out _));

        Assert.Null(witness.Cosign(Signed(Fork, 30), Fork.Consistency(25, 30).AsSpan(), 3, out var defect));
        Assert.Equal(CheckpointDefect.Forked, defect);
        Assert.Null(witness.Cosign(Signed(Tree, 10), [], 3, out defect));
        Assert.Equal(CheckpointDefect.Shrunk, defect);
        var forged = Signed(Tree, 30, key: 3);
        Assert.Null(witness.Cosign(forged, Tree.Consistency(25, 30).AsSpan(), 3, out defect));
        Assert.Equal(CheckpointDefect.NotSigned, defect);
        var other = Signed(Tree, 30, origin: "other");
        Assert.Null(witness.Cosign(other, Tree.Consistency(25, 30).AsSpan(), 3, out defect));
        Assert.Equal(CheckpointDefect.Stranger, defect);
        Assert.Null(witness.Cosign(forged with { Text = "no checkpoint\n" }, [], 3, out defect));
        Assert.Equal(CheckpointDefect.Stranger, defect);
        Assert.NotNull(witness.Cosign(Signed(Tree, 30), Tree.Consistency(25, 30).AsSpan(), 3, out _));
    }

    private static SignedNote Signed(MerkleTree tree, long size, string origin = Origin, byte key = 1)
    {
        using var signing = TestKey.Of(key);
        return new CheckpointSigner(origin, signing, last: null).Sign(size, tree.Root(size), [], out _)!;
    }
}
