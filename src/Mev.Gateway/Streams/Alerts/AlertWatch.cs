using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Domain.Chain;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Gateway.Streams.Alerts;

/// <summary>
/// Raises alerts: looks each second at what an operator has to know of, and puts into the log what began and what is
/// over. While the log cannot be written, what is to be told waits, the newest 64.
/// </summary>
internal sealed partial class AlertWatch(
    IGrainFactory grains, IPartitionedLog log, AuditGate gate, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<AlertWatch> logger) : BackgroundService
{
    private const int WaitingMax = 64;
    private const string Started = "host_started";
    private static readonly LogPartition Partition = new(LogTopics.Alerts, 0);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly Queue<Alert> _waiting = new();
    private readonly Dictionary<string, string> _raised = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        lifetime.WhileRunning(Watch, stoppingToken);

    private async Task Watch(CancellationToken stoppingToken)
    {
        Tell(Started, "a host has started", isRaised: true);
        while (true)
        {
            var found = await Find(stoppingToken);
            stoppingToken.ThrowIfCancellationRequested(); // a silo that ends has no trouble
            foreach (var (code, message) in found)
                if (_raised.TryAdd(code, message)) Tell(code, message, isRaised: true);
            foreach (var (code, message) in _raised.Where(each => !found.ContainsKey(each.Key)).ToList())
            {
                _raised.Remove(code);
                Tell(code, message, isRaised: false);
            }
            await Write(stoppingToken);
            await Task.Delay(Look, time, stoppingToken);
        }
    }

    /// <summary>What is wrong now, by code.</summary>
    private async Task<Dictionary<string, string>> Find(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>();
        if (!log.IsAvailable) found["journal_unavailable"] = "the journal cannot be written: nothing is decided";
        if (gate.Reason is { } closed) found["audit_closed"] = closed;
        try
        {
            var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current().AsTask()
                .WaitAsync(AnswerMax, time, cancellationToken);
            if (policy.IsStopped) found["stopped"] = "submitting is stopped until two persons resume it";
            var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe().AsTask()
                .WaitAsync(AnswerMax, time, cancellationToken);
            if (feed.Trouble.Length > 0) found["feed_trouble"] = feed.Trouble;
        }
        catch (JournalUnavailableException failure)
        {
            found["journal_unavailable"] = failure.Message;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            found["silo_unavailable"] = $"the silo does not answer: {failure.Message}";
        }
        return found;
    }

    private void Tell(string code, string message, bool isRaised)
    {
        if (_waiting.Count == WaitingMax) _waiting.Dequeue();
        _waiting.Enqueue(new Alert { Code = code, Message = message, IsRaised = isRaised, RaisedNs = time.UnixNs() });
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0) return;
        var entries = _waiting.Select(alert => new LogEntry(
            RecordType.Unknown, alert.RaisedNs, Digest.Of(System.Text.Encoding.UTF8.GetBytes(alert.Code)),
            alert.ToByteArray())).ToList();
        try
        {
            await log.Append(Partition, entries, cancellationToken: cancellationToken);
            _waiting.Clear();
        }
        catch (JournalUnavailableException failure)
        {
            LogWaits(_waiting.Count, failure.Message);
        }
    }

    [LoggerMessage(6032, LogLevel.Warning, "{Count} alerts wait, the journal cannot be written: {Reason}")]
    private partial void LogWaits(int count, string reason);
}
