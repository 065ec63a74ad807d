using Mev.Control.Signatures;
using Mev.Domain.Chain;

namespace Mev.Control.Checkpoints;

/// <summary>
/// Watches one log with a key of its own: cosigns only what the log signed and what continues what it cosigned last, so
/// the log cannot show two histories. The caller keeps the last one durable.
/// </summary>
/// <param name="log">The log that is watched; its name is the origin.</param>
/// <param name="name">The witness's name.</param>
/// <param name="key">Its key.</param>
/// <param name="last">The checkpoint cosigned last; null when there was none ever.</param>
public sealed class CheckpointWitness(NoteKey log, string name, Ed25519PrivateKey key, Checkpoint? last)
{
    private readonly NoteKey _key = NoteKey.OfWitness(name, key.PublicKey);

    /// <summary>What verifiers know the witness by.</summary>
    public NoteKey Key => _key;

    /// <summary>The checkpoint cosigned last; null when there was none ever.</summary>
    public Checkpoint? Last { get; private set; } = last;

    /// <summary>The note with the witness's signature; null with the defect.</summary>
    /// <param name="note">What the log signed.</param>
    /// <param name="proof">That it continues <see cref="Last"/>; empty for the first.</param>
    /// <param name="time">Unix seconds.</param>
    /// <param name="defect">Why it is not cosigned.</param>
    public SignedNote? Cosign(SignedNote note, ReadOnlySpan<Digest> proof, ulong time, out CheckpointDefect defect)
    {
        defect = CheckpointDefect.Stranger;
        if (Checkpoint.Parse(note.Text) is not { } next || next.Origin != log.Name) return null;
        defect = log.HasSigned(note) ? CheckpointSigner.Check(Last, next, proof) : CheckpointDefect.NotSigned;
        if (defect != CheckpointDefect.None) return null;
        Last = next;
        return note.With(_key.Cosign(note.Text, key, time));
    }
}
