using Mev.Domain.Chain;

namespace Mev.Journal;

/// <summary>
/// The journal: append to a partition, know when it is durable, read from an offset. Appends of one caller to one
/// partition become durable in the order of the calls; what must be durable before in another one is named by them.
/// </summary>
public interface IPartitionedLog
{
    /// <summary>Whether the last append became durable: false from a failure until writing is possible again.</summary>
    bool IsAvailable => true;

    /// <summary>Age of the oldest append that is not durable yet; 0 when none waits.</summary>
    TimeSpan Lag => TimeSpan.Zero;

    /// <summary>
    /// Appends the entries together and returns the offset of the first, behind which the others are, once all are
    /// durable (survive kill -9; the implementation says what more). Where nothing was acknowledged, none of them is
    /// durable, or all, or, in a log of several machines, some of them.
    /// </summary>
    /// <param name="partition">Where to.</param>
    /// <param name="entries">At least one.</param>
    /// <param name="named">
    /// What the entries name, in another partition: durable before them or with them, never after them.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="JournalUnavailableException">
    /// They are not durable, or it is not known whether they are: nothing that depends on them may happen.
    /// </exception>
    ValueTask<long> Append(
        LogPartition partition,
        IReadOnlyList<LogEntry> entries,
        LogAppend? named = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Durable records from <paramref name="fromOffset"/> on, in order, at most that many; empty at the end.
    /// </summary>
    ValueTask<IReadOnlyList<LogRecord>> Read(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default);

    /// <summary>
    /// The leaf hashes of durable records from <paramref name="fromOffset"/> on, in order, at most that many; empty at
    /// the end. What a partition's Merkle tree grows with.
    /// </summary>
    async ValueTask<IReadOnlyList<Digest>> ReadLeaves(
        LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default) =>
        [.. (await Read(partition, fromOffset, recordsMax, cancellationToken)).Select(record => record.LeafHash)];

    /// <summary>The offset that the next record will get: the number of durable records.</summary>
    ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default);
}
