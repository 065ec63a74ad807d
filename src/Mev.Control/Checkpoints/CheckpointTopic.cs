using System.Runtime.CompilerServices;
using System.Text;
using Mev.Domain.Chain;
using Mev.Journal;

namespace Mev.Control.Checkpoints;

/// <summary>
/// The checkpoints of one partition in the journal, in a topic beside it: what the signer still knows of what it signed
/// where its folder was lost. Those of another origin, as before the log was given another name, are passed over.
/// </summary>
internal sealed class CheckpointTopic(IPartitionedLog log, int partition, string origin, TimeProvider time)
{
    private readonly LogPartition _partition = new(LogTopics.Checkpoints, partition);

    /// <summary>The newest; null when there is none.</summary>
    /// <exception cref="InvalidDataException">A record of the topic is no checkpoint.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<SignedNote?> Last(CancellationToken cancellationToken)
    {
        var end = await log.End(_partition, cancellationToken);
        if (end == 0) return null;
        if (await log.Read(_partition, end - 1, 1, cancellationToken) is [var record] && NoteOf(record) is { } newest)
            return newest;
        SignedNote? last = null;
        await foreach (var note in After(0, cancellationToken)) last = note;
        return last;
    }

    /// <summary>Those over more than so many leaves, in order.</summary>
    /// <exception cref="InvalidDataException">A record of the topic is no checkpoint.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async IAsyncEnumerable<SignedNote> After(
        long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in log.ReadAll(_partition, 0, cancellationToken))
        {
            if (NoteOf(record) is { } note && Checkpoint.Parse(note.Text) is { } each && each.Size > size)
                yield return note;
        }
    }

    /// <summary>Makes a checkpoint durable; nobody gives it up in between.</summary>
    /// <exception cref="JournalUnavailableException">It may not be durable.</exception>
    public async ValueTask Append(SignedNote note)
    {
        var nowNs = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        await log.Append(_partition,
        [
            new LogEntry(
                RecordType.Checkpoint, nowNs, Digest.Of(Encoding.UTF8.GetBytes(origin)),
                Encoding.UTF8.GetBytes(note.ToString())),
        ]);
    }

    private SignedNote? NoteOf(LogRecord record)
    {
        if (SignedNote.Parse(Encoding.UTF8.GetString(record.Entry.Bytes.Span)) is not { } note
            || Checkpoint.Parse(note.Text) is not { } checkpoint)
        {
            throw new InvalidDataException(
                $"{LogTopics.Checkpoints}, partition {partition}: record {record.Offset} is no checkpoint. Restore a "
                + "copy of the journal.");
        }
        return checkpoint.Origin == origin ? note : null;
    }
}
