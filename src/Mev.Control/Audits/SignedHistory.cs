using Mev.Control.Checkpoints;
using Mev.Domain.Chain;
using Mev.Journal.Merkle;

namespace Mev.Control.Audits;

/// <summary>
/// Follows leaves from checkpoint to checkpoint: each must be signed by the log, larger than the one before, and have
/// the root of the leaves up to it. One tree grows through all of them, so those that hold are consistent.
/// </summary>
internal sealed class SignedHistory(
    NoteKey log, NoteKey? witness, IAuditSource source, int partition, FindingList findings)
{
    private readonly MerkleFrontier _frontier = new();

    /// <summary>Records under the newest checkpoint that holds.</summary>
    public long Size { get; private set; }

    /// <summary>Checkpoints that hold.</summary>
    public long Count { get; private set; }

    /// <summary>Records under the witness's checkpoint, where it holds.</summary>
    public long CosignedSize { get; private set; }

    /// <summary>There is something of the witness, whatever it is worth.</summary>
    public bool HasCosigned { get; private set; }

    /// <summary>Leaves that were there, as far as checkpoints go.</summary>
    public long Leaves => _frontier.Size;

    /// <summary>A checkpoint has another root than the leaves: from the size that held last up to that one.</summary>
    public (long From, long To)? Broken { get; private set; }

    /// <summary>A checkpoint is over so many records, and the leaves end before.</summary>
    public long? Beyond { get; private set; }

    /// <summary>Follows these leaves to the last checkpoint, or to the first that they do not fit.</summary>
    public async Task Follow(IAsyncEnumerable<Digest> leaves, CancellationToken cancellationToken)
    {
        await using var rest = leaves.GetAsyncEnumerator(cancellationToken);
        var cosigned = await source.Cosigned(partition, cancellationToken);
        HasCosigned = cosigned is not null;
        await foreach (var note in source.Checkpoints(partition, cancellationToken))
        {
            if (Read(note) is not { } checkpoint) continue;
            if (cosigned is not null && SizeOf(cosigned) <= checkpoint.Size)
            {
                await Cosigned(cosigned, rest); // before the tree has outgrown it
                cosigned = null;
            }
            if (!await Grow(rest, checkpoint.Size)) Beyond = checkpoint.Size;
            else if (_frontier.Root != checkpoint.Root) Broken = (Size, checkpoint.Size);
            else (Size, Count) = (checkpoint.Size, Count + 1);
            if (Beyond is not null || Broken is not null) return;
        }
        if (cosigned is not null) await Cosigned(cosigned, rest);
        if (Leaves == 0) await Grow(rest, 1); // whether there are any, where nothing is signed yet
    }

    /// <summary>The checkpoint of a note; null, and why, where it is not one of this log's, or not the next.</summary>
    private Checkpoint? Read(SignedNote? note)
    {
        if (note is null || Checkpoint.Parse(note.Text) is not { } checkpoint || checkpoint.Origin != log.Name)
        {
            Bad(Size, $"behind checkpoint {Size}: what follows is no checkpoint of {log.Name}");
            return null;
        }
        if (!log.HasSigned(note)) Bad(checkpoint.Size, $"checkpoint {checkpoint.Size}: {log} did not sign it");
        else if (checkpoint.Size <= Size) Bad(checkpoint.Size, $"checkpoint {checkpoint.Size} follows one of {Size}");
        else return checkpoint;
        return null;
    }

    private async ValueTask Cosigned(SignedNote note, IAsyncEnumerator<Digest> rest)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        var isSigned = checkpoint?.Origin == log.Name && log.HasSigned(note) && witness?.HasSigned(note) == true;
        if (checkpoint is null || !isSigned)
        {
            findings.Add(
                AuditDefect.Cosignature, 0, "what the witness holds bears not both signatures of a checkpoint");
        }
        else if (!await Grow(rest, checkpoint.Size))
        {
            findings.Add(
                AuditDefect.SetBack, Leaves, checkpoint.Size - 1,
                $"records {Leaves} to {checkpoint.Size - 1}: missing, the witness cosigned them: the log was set back");
        }
        else if (_frontier.Root != checkpoint.Root)
        {
            findings.Add(
                AuditDefect.Cosignature, checkpoint.Size,
                $"checkpoint {checkpoint.Size} that the witness cosigned has another root: the log has two histories");
        }
        else
        {
            CosignedSize = checkpoint.Size;
        }
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text)?.Size ?? 0;

    private void Bad(long size, string text) => findings.Add(AuditDefect.Checkpoint, size, text);

    private async ValueTask<bool> Grow(IAsyncEnumerator<Digest> rest, long size)
    {
        while (_frontier.Size < size)
        {
            if (!await rest.MoveNextAsync()) return false;
            _frontier.Append(rest.Current);
        }
        return true;
    }
}
