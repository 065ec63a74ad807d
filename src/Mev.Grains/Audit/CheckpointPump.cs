using System.Diagnostics.Metrics;
using Mev.Control.Checkpoints;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Audit;

/// <summary>
/// Grows each partition's tree with what became durable and signs it: each second in which there was something, or
/// after 4,096 records, whichever is first, and once more when everything has stopped. Where that is not possible for
/// longer than five seconds, or a partition is not what was signed, the audit is closed: no audit, no trade.
/// </summary>
internal sealed partial class CheckpointPump(
    AuditTrees trees, AuditGate gate, IMeterFactory meters, TimeProvider time, ILogger<CheckpointPump> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LagMax = AuditLag.Max;

    private readonly Dictionary<int, PartitionPace> _paces = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the journal's writer has closed: its last record is under a checkpoint too.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var partition in trees.Partitions)
            await Look(partition, isLast: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (trees.Key is not { } key)
        {
            LogUnsigned();
            return;
        }
        LogSigning($"{key}");
        meters.Create("Mev").CreateObservableGauge(
            "mev.audit.checkpoint.age", Ages, "s", "Age of the last checkpoint while records wait for the next one.");
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var partition in trees.Partitions) await Look(partition, isLast: false, stoppingToken);
            await Task.Delay(LookInterval, time, stoppingToken);
        }
    }

    private async Task Look(PartitionCheckpoints partition, bool isLast, CancellationToken cancellationToken)
    {
        var pace = PaceOf(partition.Partition);
        if (pace.FailedAt is not null && !isLast && time.GetElapsedTime(pace.TriedAt) < SignInterval)
        {
            CloseIfLate(partition.Partition, pace);
            return;
        }
        try
        {
            // What a failed write left is made whole by opening the files anew, which reads all of the partition.
            if (pace.FailedAt is not null) partition = await trees.Reopen(partition.Partition, cancellationToken);
            while (await partition.Grow(cancellationToken)) await Sign(partition, pace);
            if (isLast || time.GetElapsedTime(pace.SignedAt) >= SignInterval) await Sign(partition, pace);
            if (pace.FailedAt is null) return;
            pace.FailedAt = null;
            if (partition.Alarm is not null) return;
            gate.Open(partition.Partition, AuditClosing.Signing);
            LogSigningAgain(partition.Partition);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException
            or JournalUnavailableException)
        {
            Failed(partition.Partition, pace, failure.Message);
        }
    }

    private async ValueTask Sign(PartitionCheckpoints partition, PartitionPace pace)
    {
        if (await partition.Sign())
        {
            pace.SignedAt = time.GetTimestamp();
        }
        else if (partition.Alarm is { } alarm && !pace.IsAlarmed)
        {
            pace.IsAlarmed = true;
            gate.Close(partition.Partition, AuditClosing.History, alarm);
            LogAlarm(alarm);
        }
    }

    private void Failed(int partition, PartitionPace pace, string message)
    {
        if (pace.FailedAt is null) LogFailed(partition, message);
        (pace.TriedAt, pace.Trouble) = (time.GetTimestamp(), message);
        pace.FailedAt ??= pace.TriedAt;
        CloseIfLate(partition, pace);
    }

    private void CloseIfLate(int partition, PartitionPace pace)
    {
        if (pace.FailedAt is not { } since || time.GetElapsedTime(since) < LagMax) return;
        gate.Close(
            partition, AuditClosing.Signing,
            $"partition {partition}: no checkpoint can be signed since {LagMax.TotalSeconds} s ({pace.Trouble}); "
            + "it opens by itself when one can, and then two persons resume.");
    }

    private PartitionPace PaceOf(int partition)
    {
        lock (_paces)
        {
            if (!_paces.TryGetValue(partition, out var pace)) _paces.Add(partition, pace = new PartitionPace());
            return pace;
        }
    }

    private IEnumerable<Measurement<double>> Ages() =>
        from partition in trees.Partitions
        let isWaiting = partition.Tree.Size > partition.SignedSize
        let age = isWaiting ? time.GetElapsedTime(PaceOf(partition.Partition).SignedAt).TotalSeconds : 0
        select new Measurement<double>(age, new KeyValuePair<string, object?>("shard", partition.Partition));

    [LoggerMessage(1051, LogLevel.Information,
        "Checkpoints are not signed: this host has no key for it (Audit:KeyPath)")]
    private partial void LogUnsigned();

    [LoggerMessage(1052, LogLevel.Information, "The audit log is signed; verifiers know it by {Key}")]
    private partial void LogSigning(string key);

    [LoggerMessage(1053, LogLevel.Critical, "AUDIT ALARM, {Alarm}")]
    private partial void LogAlarm(string alarm);

    [LoggerMessage(1054, LogLevel.Error, "The checkpoint of partition {Partition} is not signed: {Reason}")]
    private partial void LogFailed(int partition, string reason);

    [LoggerMessage(1055, LogLevel.Warning, "Checkpoints of partition {Partition} are signed again")]
    private partial void LogSigningAgain(int partition);

    /// <summary>When a partition was signed last, by the clock's time stamps, and since when it cannot be.</summary>
    private sealed class PartitionPace
    {
        public long SignedAt { get; set; }

        public long? FailedAt { get; set; }

        public long TriedAt { get; set; }

        public string Trouble { get; set; } = "";

        public bool IsAlarmed { get; set; }
    }
}
