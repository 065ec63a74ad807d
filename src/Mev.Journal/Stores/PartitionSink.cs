using Mev.Contracts.V1;
using Mev.Journal.Stores.Rows;

namespace Mev.Journal.Stores;

/// <summary>
/// Moves one partition of the audit topic into the store, batch by batch, from the offset that the store holds. After
/// a failure it asks the store again, since the batch may be there. For one caller at a time.
/// </summary>
internal sealed class PartitionSink(
    int partition, IPartitionedLog log, IDecisionStore store, RecordedContext context, SinkProgress progress)
{
    private readonly LogPartition _partition = new(LogTopics.Audit, partition);
    private long? _next;

    /// <summary>Records of the journal that the store does not hold, as of now.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<long> Lag(CancellationToken cancellationToken) =>
        Math.Max(0, await log.End(_partition, cancellationToken) - (_next ?? 0));

    /// <summary>Writes the next batch; the unreadable records in it, or null when there is nothing new.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be written, or is another journal's.</exception>
    public async ValueTask<IReadOnlyList<RecordRow>?> Move(int recordsMax, CancellationToken cancellationToken)
    {
        var next = _next ?? await Begin(cancellationToken);
        var records = await log.Read(_partition, next, recordsMax, cancellationToken);
        if (records.Count == 0)
        {
            _next = next;
            return null;
        }
        var decisions = new List<(LogRecord, Decision)>();
        var rows = RecordRows.Of(partition, records, decisions);
        _next = null; // until the store has it for sure
        StoreBatch batch;
        try
        {
            batch = await context.Complete(rows, decisions, cancellationToken);
            await store.Write(batch, cancellationToken);
        }
        catch
        {
            context.Forget(); // what was not written is told again
            throw;
        }
        _next = batch.Next;
        List<RecordRow> unreadable = [.. batch.Records.Where(row => row.State != RecordState.Taken)];
        progress.Wrote(records.Count, unreadable.Count);
        return unreadable;
    }

    private async ValueTask<long> Begin(CancellationToken cancellationToken)
    {
        var position = await store.Position(partition, cancellationToken);
        if (position.Next == 0 || await IsOfThisJournal(position, cancellationToken)) return position.Next;
        throw new StoreUnavailableException(
            $"the decision store holds {position.Next} records of {_partition} that are not this journal's. Move its "
            + "file away: a new one is filled from the journal by itself; or name another with --Store:Path FILE.");
    }

    private async ValueTask<bool> IsOfThisJournal(StorePosition position, CancellationToken cancellationToken)
    {
        if (position.Next > await log.End(_partition, cancellationToken)) return false;
        var last = await log.Read(_partition, position.Next - 1, 1, cancellationToken);
        return last.Count == 1 && last[0].LeafHash == position.LastLeaf;
    }
}
