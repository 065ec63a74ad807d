using Mev.Control.Checkpoints;
using Mev.Domain.Chain;

namespace Mev.Control.Audits;

/// <summary>
/// Where an audit reads a partition from: files, or a gateway. Everything in order, from the beginning.
/// </summary>
public interface IAuditSource
{
    /// <summary>The journal's records.</summary>
    IAsyncEnumerable<AuditedRecord> Records(int partition, CancellationToken cancellationToken = default);

    /// <summary>The leaf hashes that the log kept beside the journal; none where there are none.</summary>
    IAsyncEnumerable<Digest> Leaves(int partition, CancellationToken cancellationToken = default);

    /// <summary>The signed checkpoints; null stands for what is none.</summary>
    IAsyncEnumerable<SignedNote?> Checkpoints(int partition, CancellationToken cancellationToken = default);

    /// <summary>What the witness cosigned; null where nothing is known of it.</summary>
    ValueTask<SignedNote?> Cosigned(int partition, CancellationToken cancellationToken = default);
}
