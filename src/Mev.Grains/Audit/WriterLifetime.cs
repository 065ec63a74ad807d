using Mev.Contracts.V1;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Grains.Audit;

/// <summary>
/// Opens the journal's writer before anything else starts, if the journal is one of this feed and of as many
/// partitions, and closes it when everything has stopped.
/// </summary>
internal sealed partial class WriterLifetime(
    IPartitionedLog log, AuditWriter audit, AuditGate gate, CodeIdentity code, ILogger<WriterLifetime> logger)
    : IHostedLifecycleService
{
    /// <exception cref="OptionsValidationException">The options and the journal do not belong together.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await FirstWriter(cancellationToken) is { } first && code.Foreign(first) is { } reason)
            throw new OptionsValidationException("Journal", typeof(CodeIdentity), [reason]);
        if (gate.Reason is { } closed) LogNotOpened(closed);
        else await audit.Open(AuditWriter.ControlPartition, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await audit.Close(cancellationToken);
        }
        catch (JournalUnavailableException failure)
        {
            LogNotClosed(failure.Message);
        }
    }

    /// <summary>The record that began the journal: a partition begins with one of its first writer.</summary>
    private async Task<Writer?> FirstWriter(CancellationToken cancellationToken)
    {
        for (var partition = AuditWriter.ControlPartition; partition <= code.StrategyPartitions; partition++)
        {
            var records = await log.Read(new LogPartition(LogTopics.Audit, partition), 0, 1, cancellationToken);
            if (records.Count == 0 || records[0].Entry.Type != RecordType.Writer) continue;
            return AuditRecords.Read(records[0])?.Writer ?? throw new JournalUnavailableException(
                $"journal partition {partition}: the record that began it cannot be decoded, so it may be another "
                + "feed's. Restore a copy of the journal, or name another path.");
        }
        return null;
    }

    [LoggerMessage(1056, LogLevel.Critical, "The audit is closed, so this host only shows what there is: {Reason}")]
    private partial void LogNotOpened(string reason);

    [LoggerMessage(1050, LogLevel.Warning, "The journal's writer is not closed: {Reason}")]
    private partial void LogNotClosed(string reason);
}
