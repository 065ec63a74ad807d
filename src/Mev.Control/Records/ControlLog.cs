using Mev.Control.Starts;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.Control.Records;

/// <summary>
/// This process's fold of the control partition. Who is about to trust a key catches up first, so what is revoked in
/// the log counts for nobody from the next request on.
/// </summary>
public sealed class ControlLog(IPartitionedLog log, ControlTerms terms) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private ControlState _current = new(terms);
    private long _next;

    /// <summary>The partition of commands and policy changes.</summary>
    public static LogPartition Partition { get; } = new(LogTopics.Audit, AuditWriter.ControlPartition);

    /// <summary>As far as it was read.</summary>
    public ControlState Current => Volatile.Read(ref _current);

    /// <summary>What this process was told.</summary>
    public ControlTerms Terms => terms;

    /// <summary>The state with everything that is durable by now.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read.</exception>
    public async ValueTask<ControlState> CatchUp(CancellationToken cancellationToken = default)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var state = _current;
            await foreach (var record in log.ReadAll(Partition, _next, cancellationToken))
            {
                state = state.Take(record);
                _next = record.Offset + 1;
                Volatile.Write(ref _current, state); // with its place: a failed read later loses nothing
            }
            return state;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();
}
