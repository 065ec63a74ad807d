using Mev.Journal.Audit;
using Mev.Journal.Stores.Rows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mev.Journal.Stores;

/// <summary>
/// Fills the decision store from the journal, behind everything else: whatever happens to the store, decisions go on,
/// and the journal keeps what the store lacks. At the end of the host it takes what is left, within its time; the next
/// start goes on where the store ends.
/// </summary>
public sealed partial class DecisionSink : BackgroundService
{
    private readonly DecisionSinkOptions _options;
    private readonly SinkProgress _progress;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PartitionSink[] _partitions;

    /// <summary>A sink of every partition that this process writes.</summary>
    public DecisionSink(
        IPartitionedLog log, IJournalIndex index, IDecisionStore store, CodeIdentity code, SinkProgress progress,
        IOptions<DecisionSinkOptions> options, TimeProvider time, ILogger<DecisionSink> logger)
    {
        (_options, _progress, _time, _logger) = (options.Value, progress, time, logger);
        var context = new RecordedContext(new Blobs(log, index, time));
        _partitions =
        [
            .. Enumerable.Range(AuditWriter.ControlPartition, code.StrategyPartitions + 1)
                .Select(partition => new PartitionSink(partition, log, store, context, progress)),
        ];
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var timeout = new CancellationTokenSource(_options.DrainTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (await Round(either.Token))
            {
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (failure is not OperationCanceledException) LogFailed(failure.Message); // the next start takes the rest
        }
        LogEnded(_progress.Current.Records, _progress.Current.LagRecords);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the first batch
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = _options.IdleInterval;
            try
            {
                if (await Round(stoppingToken)) continue;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // whatever it is, it must not end the host: decisions need no store
                if (_progress.Current.Trouble != failure.Message) LogFailed(failure.Message);
                _progress.Failed(failure.Message);
                wait = _options.RetryInterval;
            }
            await Task.Delay(wait, _time, stoppingToken);
        }
    }

    /// <summary>A batch of each partition; whether any had one.</summary>
    private async Task<bool> Round(CancellationToken cancellationToken)
    {
        var (hasMoved, lag) = (false, 0L);
        foreach (var partition in _partitions)
        {
            if (await partition.Move(_options.BatchRecordsMax, cancellationToken) is { } unreadable)
            {
                hasMoved = true;
                if (unreadable.Count > 0) Tell(unreadable);
            }
            lag += await partition.Lag(cancellationToken);
        }
        _progress.Stands(lag);
        return hasMoved;
    }

    private void Tell(IReadOnlyList<RecordRow> unreadable)
    {
        var first = unreadable[0];
        LogUnreadable(unreadable.Count, first.Offset, first.Type, first.State);
    }

    [LoggerMessage(7101, LogLevel.Error, "The decision store is not filled: {Trouble}")]
    private partial void LogFailed(string trouble);

    [LoggerMessage(7102, LogLevel.Error, "{Count} records of a batch are in no table but 'records', the first at "
        + "offset {Offset} ({Type}): {State}. 'mevctl replay' and the journal say more")]
    private partial void LogUnreadable(int count, long offset, RecordType type, RecordState state);

    [LoggerMessage(7103, LogLevel.Information, "The decision store took {Records} records; {Lag} are left for the "
        + "next start")]
    private partial void LogEnded(long records, long lag);
}
