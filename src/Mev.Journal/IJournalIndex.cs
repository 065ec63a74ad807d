using Mev.Domain.Chain;

namespace Mev.Journal;

/// <summary>Where things stand in the journal, by what people and records call them.</summary>
public interface IJournalIndex
{
    /// <summary>The first record of a decision; null when there is none.</summary>
    ValueTask<LogPosition?> FindDecision(Guid decisionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The first durable intent of an opportunity, in whatever partition; null when there is none. In a partition that
    /// is the one with the least offset, whatever the clock said; of several partitions the earliest by its time of
    /// recording, then the least partition.
    /// </summary>
    ValueTask<LogPosition?> FindIntent(Digest opportunity, CancellationToken cancellationToken = default);

    /// <summary>A blob by the SHA-256 of its bytes; null when there is none.</summary>
    LogPosition? FindBlob(Digest hash);
}
