using Google.Protobuf;
using Mev.Domain.Chain;

namespace Mev.Journal.Replay;

/// <summary>Blobs as a record names them; the first that is missing or damaged is kept as the problem.</summary>
internal sealed class RecordedBlobs(BlobLookup lookup)
{
    /// <summary>Why the replay cannot go on; null when it can.</summary>
    public ReplayReport? Problem { get; private set; }

    /// <summary>The bytes under a hash; null with <see cref="Problem"/> set.</summary>
    /// <param name="hash">SHA-256 as the record has it.</param>
    /// <param name="what">What they are, for people: "posterior", "account X".</param>
    public ReadOnlyMemory<byte>? Find(ByteString hash, string what)
    {
        if (hash.Length != Digest.Length)
        {
            Refuse(ReplayVerdict.RecordDamaged, $"the record names {what} by {hash.Length} bytes, not by a hash");
            return null;
        }
        var digest = new Digest(hash.Span);
        if (lookup(digest) is not { } bytes)
        {
            Refuse(ReplayVerdict.BlobMissing, $"blob {digest} ({what}) is missing from the journal");
            return null;
        }
        if (Digest.Of(bytes.Span) == digest) return bytes;
        Refuse(ReplayVerdict.BlobDamaged, $"blob {digest} ({what}) is damaged: its bytes have another hash");
        return null;
    }

    /// <summary>Keeps the first problem.</summary>
    public void Refuse(ReplayVerdict verdict, string text) =>
        Problem ??= new ReplayReport { Verdict = verdict, Text = text };
}
