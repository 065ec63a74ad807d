using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Journal.Merkle;

namespace Mev.Control.Checkpoints;

/// <summary>
/// Signs the checkpoints of one partition, each only where it continues the one signed last. The caller makes that one
/// durable before it hands the next out, and gives it back at every start.
/// </summary>
/// <param name="origin">The partition's name, and the name of the key.</param>
/// <param name="key">The log's key.</param>
/// <param name="last">The checkpoint signed last; null when there was none ever.</param>
public sealed class CheckpointSigner(string origin, Ed25519PrivateKey key, Checkpoint? last)
{
    private readonly NoteKey _key = NoteKey.OfLog(origin, key.PublicKey);

    /// <summary>What verifiers know the log by.</summary>
    public NoteKey Key => _key;

    /// <summary>The checkpoint signed last; null when there was none ever.</summary>
    public Checkpoint? Last { get; private set; } = last;

    /// <summary>The signed checkpoint; null with a defect that pages somebody.</summary>
    /// <param name="size">Leaves.</param>
    /// <param name="root">Root over them.</param>
    /// <param name="proof">That it continues <see cref="Last"/>; empty for the first.</param>
    /// <param name="defect">Why it is not signed.</param>
    public SignedNote? Sign(long size, Digest root, ReadOnlySpan<Digest> proof, out CheckpointDefect defect)
    {
        var next = new Checkpoint(origin, size, root);
        defect = Check(Last, next, proof);
        if (defect != CheckpointDefect.None) return null;
        Last = next;
        var text = next.ToText();
        return new SignedNote(text, [_key.Sign(text, key)]);
    }

    /// <summary>What both the log and a witness ask before they sign.</summary>
    internal static CheckpointDefect Check(Checkpoint? last, Checkpoint next, ReadOnlySpan<Digest> proof)
    {
        if (last is null) return CheckpointDefect.None;
        if (next.Origin != last.Origin) return CheckpointDefect.Stranger;
        if (next.Size < last.Size) return CheckpointDefect.Shrunk;
        return MerkleProof.IsConsistent(last.Size, next.Size, proof, last.Root, next.Root)
            ? CheckpointDefect.None
            : CheckpointDefect.Forked;
    }
}
