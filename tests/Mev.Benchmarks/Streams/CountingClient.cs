using System.Diagnostics;
using System.Net.WebSockets;
using Google.Protobuf;
using HdrHistogram;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Frames;

namespace Mev.Benchmarks.Streams;

/// <summary>
/// A client that reads numbers and lengths of every message and no values: what a client needs of its own is no part of
/// what is measured.
/// </summary>
internal sealed class CountingClient : IDisposable
{
    private const byte SeqTag = ServerMessage.SeqFieldNumber << 3;
    private const byte DeltaTag = ServerMessage.DeltaFieldNumber << 3 | 2;
    private const long HighestNs = 60_000_000_000;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private ulong _last;

    /// <summary>Messages so far.</summary>
    public long Count { get; private set; }

    /// <summary>Messages that did not follow the one before.</summary>
    public long Holes { get; private set; }

    public LongHistogram Latency { get; private set; } = new(HighestNs, 3);

    /// <summary>Begins to measure anew.</summary>
    public void Reset() => Latency = new LongHistogram(HighestNs, 3);

    public static async Task<CountingClient> Connect(Uri url, string channel, ulong? from = null)
    {
        var client = new CountingClient();
        client._socket.Options.AddSubProtocol("mev.v1");
        await client._socket.ConnectAsync(new Uri($"ws://{url.Authority}/v1/stream"), CancellationToken.None);
        var request = new Subscribe { Id = 1, Channel = channel };
        if (from is { } number) request.Filter = new RecordFilter { FromSeq = number }.ToByteString();
        await client.Send(new ClientMessage { Hello = new Hello { Protocol = 1 } });
        await client.Send(new ClientMessage { Subscribe = request });
        return client;
    }

    /// <summary>Reads until it is cancelled, the connection ends or so many messages came.</summary>
    public async Task Read(Func<long, long>? dueAt, long countMax, CancellationToken cancellationToken)
    {
        try
        {
            while (Count < countMax)
            {
                var length = 0;
                for (var isWhole = false; !isWhole;)
                {
                    var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                    if (received.MessageType == WebSocketMessageType.Close) return;
                    (length, isWhole) = (length + received.Count, received.EndOfMessage);
                }
                Take(_buffer.AsSpan(0, length), dueAt);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // the window is over, or it was cut off
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task Send(ClientMessage message) =>
        await _socket.SendAsync(ClientFrame.Of(message), WebSocketMessageType.Binary, true, CancellationToken.None);

    private void Take(ReadOnlySpan<byte> frame, Func<long, long>? dueAt)
    {
        var now = Stopwatch.GetTimestamp();
        for (var at = 0; at < frame.Length;)
        {
            var length = (int)Number(frame, ref at);
            var body = frame.Slice(at, length);
            at += length;
            var start = 0;
            if (body[start++] != ServerMessage.IdFieldNumber << 3) continue;
            Number(body, ref start);
            if (body[start++] != SeqTag) continue;
            var seq = Number(body, ref start);
            if (body[start] != DeltaTag) continue;
            if (Count > 0 && seq != _last + 1) Holes++;
            (_last, Count) = (seq, Count + 1);
            if (dueAt is not null) Latency.RecordValue(Math.Max(1, Ns(now - dueAt((long)seq))));
        }
    }

    private static long Ns(long ticks) => ticks * 1_000_000_000 / Stopwatch.Frequency;

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80) return value;
        }
    }
}
