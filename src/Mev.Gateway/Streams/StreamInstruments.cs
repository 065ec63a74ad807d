using System.Diagnostics.Metrics;
using Mev.Streaming.Connections;

namespace Mev.Gateway.Streams;

/// <summary>What is counted of streams.</summary>
internal sealed class StreamInstruments : IDisposable
{
    private const int SlowConsumer = 4008;

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _clients;
    private readonly Counter<long> _slowDisconnects;
    private long _slow;
    private long _loud;

    public StreamInstruments(IMeterFactory meters, StreamChannels channels)
    {
        _meter = meters.Create("Mev");
        _clients = _meter.CreateUpDownCounter<long>("mev.stream.clients", "{client}");
        _slowDisconnects = _meter.CreateCounter<long>("mev.stream.slow_disconnects", "{client}");
        _meter.CreateObservableCounter(
            "mev.stream.dropped", () => channels.States.Sum(channel => channel.LeftOut), "{message}");
    }

    /// <summary>Clients that did not keep up.</summary>
    public long Slow => Interlocked.Read(ref _slow);

    /// <summary>Clients that asked for too much.</summary>
    public long Loud => Interlocked.Read(ref _loud);

    public void Entered() => _clients.Add(1);

    public void Left(StreamClose? close)
    {
        _clients.Add(-1);
        if (close == StreamClose.RateLimited) Interlocked.Increment(ref _loud);
        if (close?.Code != SlowConsumer) return;
        Interlocked.Increment(ref _slow);
        _slowDisconnects.Add(1);
    }

    public void Dispose() => _meter.Dispose();
}
