using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Connections;

/// <summary>A log in memory; a null is a record that the channel has no message for.</summary>
internal sealed class ListLog : IChannelLog
{
    public List<StreamMessage?> Records { get; } = [];

    /// <summary>What lies before it is no longer held.</summary>
    public ulong First { get; set; }

    /// <summary>Why it cannot be read; null as long as it can.</summary>
    public string? Outage { get; set; }

    /// <summary>Reads that it answered.</summary>
    public int Reads { get; private set; }

    public ulong End => (ulong)Records.Count;

    public StreamMessage? Append(StreamMessage? message)
    {
        Records.Add(message);
        return message;
    }

    public ValueTask<ChannelPage> Read(ulong from, int numbersMax, CancellationToken cancellationToken = default)
    {
        if (Outage is { } outage) throw new ChannelUnavailableException(outage);
        Reads++;
        var start = Math.Max(from, First);
        return ValueTask.FromResult(
            new ChannelPage(start, [.. Records.Skip((int)start).Take(Math.Min(numbersMax, 100))]));
    }
}
