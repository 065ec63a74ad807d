using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Control.Records;
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
    IGrainFactory grains, IPartitionedLog log, ControlLog control, AuditGate gate, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<AlertWatch> logger) : BackgroundService
{
    private const int WaitingMax = 64;
    private const string Started = "host_started";
    private static readonly LogPartition Partition = new(LogTopics.Alerts, 0);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly Queue<Alert> _waiting = new();
    private readonly Dictionary<(string Code, string Subject), string> _raised = [];

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
            foreach (var (what, message) in found)
                if (_raised.TryAdd(what, message)) Tell(what.Code, message, isRaised: true);
            foreach (var (what, message) in _raised.Where(each => !found.ContainsKey(each.Key)).ToList())
            {
                _raised.Remove(what);
                Tell(what.Code, message, isRaised: false);
            }
            await Write(stoppingToken);
            await Task.Delay(Look, time, stoppingToken);
        }
    }

    /// <summary>What is wrong now, by code, and by what it is about where that may be several.</summary>
    private async Task<Dictionary<(string Code, string Subject), string>> Find(CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string Code, string Subject), string>();
        if (!log.IsAvailable) found[("journal_unavailable", "")] = "the journal cannot be written: nothing is decided";
        if (gate.Reason is { } closed) found[("audit_closed", "")] = closed;
        try
        {
            var policy = await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current().AsTask()
                .WaitAsync(AnswerMax, time, cancellationToken);
            if (policy.IsStopped) found[("stopped", "")] = "submitting is stopped until two persons resume it";
            var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe().AsTask()
                .WaitAsync(AnswerMax, time, cancellationToken);
            if (feed.Trouble.Length > 0) found[("feed_trouble", "")] = feed.Trouble;
            FindKeys(await control.CatchUp(cancellationToken), found);
        }
        catch (JournalUnavailableException failure)
        {
            found[("journal_unavailable", "")] = failure.Message;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            found[("silo_unavailable", "")] = $"the silo does not answer: {failure.Message}";
        }
        return found;
    }

    private void FindKeys(ControlState state, Dictionary<(string Code, string Subject), string> found)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var key in state.Keys.Keys.Values.Where(key => key.EndsSoon(nowMs)))
        {
            var id = key.PublicKey.Id.ToString();
            found[("key_expires_soon", id)] =
                $"key {id} of {key.Principal} ends {DateTimeOffset.FromUnixTimeMilliseconds(key.NotAfterMs):u}: "
                + "add another one (key.add, key.confirm), then revoke it";
        }
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
