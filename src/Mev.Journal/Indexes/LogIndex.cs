using Mev.Domain.Chain;
using Mev.Journal.Audit;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Journal.Indexes;

/// <summary>
/// The index of a log that has none of its own: it follows the partitions into a file beside the host. Whoever asks for
/// a decision or an intent waits until everything that was durable before is followed, so an answer of none is one;
/// blobs are told as far as they were followed, and one that is appended twice does no harm. The file goes on where it
/// was, and is made anew where it is missing or another log's.
/// </summary>
public sealed class LogIndex : IJournalIndex, IDisposable
{
    private const int PageRecords = 4_096;

    private readonly IPartitionedLog _log;
    private readonly LogPartition[] _partitions;
    private readonly string _path;
    private readonly SemaphoreSlim _following = new(1);
    private readonly Lock _gate = new();
    private readonly HashSet<LogPartition> _known = [];
    private readonly IndexFile _file;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="log">What is followed.</param>
    /// <param name="path">The file; its folder is made when missing. One process has it.</param>
    /// <param name="strategyPartitions">Partitions of the audit topic beside the control partition.</param>
    /// <exception cref="JournalUnavailableException">It cannot be opened, or is another program's.</exception>
    public LogIndex(IPartitionedLog log, string path, int strategyPartitions)
    {
        (_log, _path) = (log, path);
        _partitions =
        [
            .. Enumerable.Range(AuditWriter.ControlPartition, strategyPartitions + 1)
                .Select(partition => new LogPartition(LogTopics.Audit, partition)),
            new LogPartition(LogTopics.Blobs, 0),
        ];
        _file = Guarded(() => new IndexFile(path));
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition?> FindDecision(Guid decisionId, CancellationToken cancellationToken = default)
    {
        await Follow(cancellationToken);
        return Find(IndexedKind.Decision, decisionId.ToByteArray(bigEndian: true));
    }

    /// <inheritdoc/>
    public async ValueTask<LogPosition?> FindIntent(Digest opportunity, CancellationToken cancellationToken = default)
    {
        await Follow(cancellationToken);
        return Find(IndexedKind.Intent, opportunity.ToArray());
    }

    /// <inheritdoc/>
    public LogPosition? FindBlob(Digest hash) => Find(IndexedKind.Blob, hash.ToArray());

    /// <summary>Follows every partition to its end as of now.</summary>
    /// <exception cref="JournalUnavailableException">Log or file cannot be read, or do not fit.</exception>
    public async ValueTask Follow(CancellationToken cancellationToken = default)
    {
        await _following.WaitAsync(cancellationToken);
        try
        {
            var ends = await Task.WhenAll(
                _partitions.Select(partition => _log.End(partition, cancellationToken).AsTask()));
            for (var i = 0; i < ends.Length; i++) await Follow(_partitions[i], ends[i], cancellationToken);
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate) _file.Dispose();
        _following.Dispose();
    }

    private async ValueTask Follow(LogPartition partition, long end, CancellationToken cancellationToken)
    {
        var (next, lastLeaf) = Locked(() => _file.Next(partition));
        if (next > 0 && !_known.Contains(partition)) await Know(partition, next, lastLeaf, cancellationToken);
        _known.Add(partition);
        if (end < next)
        {
            throw new JournalUnavailableException(
                $"index {_path}: {partition} ends at {end} and was followed to {next}. The log lacks records that it "
                + "had: wait until it has them again.");
        }
        while (next < end
            && await _log.Read(partition, next, PageOf(end - next), cancellationToken) is { Count: > 0 } page)
        {
            Locked(() =>
            {
                _file.Take(partition, page);
                return true;
            });
            next = page[^1].Offset + 1;
        }
    }

    private static int PageOf(long records) => (int)Math.Min(records, PageRecords);

    private async ValueTask Know(
        LogPartition partition, long next, Digest lastLeaf, CancellationToken cancellationToken)
    {
        var last = await _log.Read(partition, next - 1, 1, cancellationToken);
        if (last.Count == 1 && last[0].LeafHash == lastLeaf) return;
        throw new JournalUnavailableException(
            $"index {_path}: it holds {next} records of {partition} that are not this journal's. Move the file away: "
            + "it is made anew from the journal.");
    }

    private LogPosition? Find(IndexedKind kind, byte[] key) => Locked(() => _file.Find(kind, key));

    private T Locked<T>(Func<T> ask) => Guarded(() =>
    {
        lock (_gate) return ask();
    });

    private T Guarded<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (failure is SqliteException or IOException)
        {
            throw new JournalUnavailableException("index " + SqliteErrors.Explain(_path, failure).Message, failure);
        }
        catch (SqliteUnavailableException failure)
        {
            throw new JournalUnavailableException("index " + failure.Message, failure);
        }
    }
}
