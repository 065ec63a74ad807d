using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mev.Gateway.Streams.Records;
using Mev.Journal;
using Mev.Streaming.Channels;
using Microsoft.Extensions.Logging;

namespace Mev.Gateway.Streams;

/// <summary>
/// The channels of this host: of states, which are published into it, and over the log, which are opened for the first
/// reader and let go of when nobody reads any more.
/// </summary>
internal sealed partial class StreamChannels(IPartitionedLog log, ILogger<StreamChannels> logger)
    : IChannelDirectory, IDisposable
{
    private const int RecordChannelsMax = 256;

    private static readonly string[] StateChannels = ["posteriors", "strategies", "pools", "state", "limits"];

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly ConcurrentDictionary<string, RecordChannel> _records = new();
    private readonly ConcurrentDictionary<string, ConflatedChannel> _states = new();
    private string _outage = "";

    /// <summary>The channels of states.</summary>
    public IEnumerable<ConflatedChannel> States => _states.Values;

    /// <summary>A channel of states, made when it is first asked for; each has an epoch of its own.</summary>
    public ConflatedChannel State(string name) => _states.GetOrAdd(
        name, static name => new ConflatedChannel(name, RandomNumberGenerator.GetBytes(StreamChannel.EpochBytes)));

    /// <inheritdoc/>
    public async ValueTask<StreamChannel?> Find(string name, CancellationToken cancellationToken = default)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (StateChannels.Contains(name)) return State(name);
            if (_records.TryGetValue(name, out var known)) return known.Channel;
            if (_records.Count >= RecordChannelsMax)
                throw new ChannelUnavailableException($"{RecordChannelsMax} channels are read: read one of them");
            if (await RecordChannel.Open(name, log, cancellationToken) is not { } opened) return null;
            _records[name] = opened;
            return opened.Channel;
        }
        catch (JournalUnavailableException failure)
        {
            throw new ChannelUnavailableException(failure.Message, failure);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Publishes what became durable since; whether there was anything. For one caller at a time.</summary>
    public async ValueTask<bool> Advance(long nowMs, CancellationToken cancellationToken)
    {
        var isNew = false;
        foreach (var channel in _records.Values)
        {
            try
            {
                isNew |= await channel.Advance(nowMs, cancellationToken);
                _outage = "";
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                if (_outage != failure.Message) LogNotRead(channel.Channel.Name, failure.Message);
                _outage = failure.Message;
            }
        }
        return isNew;
    }

    /// <summary>Lets go of what rings hold longer than their time.</summary>
    public void Trim(long nowMs)
    {
        foreach (var channel in _records.Values) channel.Channel.Trim(nowMs);
    }

    /// <summary>
    /// Lets go of all channels as long as nobody reads: what a state was when somebody last looked is no state of now.
    /// </summary>
    public async ValueTask Forget(Func<bool> isUnread, CancellationToken cancellationToken)
    {
        if ((_records.IsEmpty && _states.IsEmpty) || !isUnread()) return;
        await _opening.WaitAsync(cancellationToken); // whoever opens one has come in before
        if (isUnread())
        {
            _records.Clear();
            _states.Clear();
        }
        _opening.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    [LoggerMessage(6030, LogLevel.Warning, "Channel {Channel} waits, the journal cannot be read: {Reason}")]
    private partial void LogNotRead(string channel, string reason);
}
