using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Connections;

/// <summary>A server of some channels without a socket, and the time by hand.</summary>
internal sealed class Served : IChannelDirectory, IStreamAdmission
{
    public static readonly byte[] Epoch = [.. Enumerable.Range(0, StreamChannel.EpochBytes).Select(i => (byte)i)];

    public Dictionary<string, StreamChannel> Channels { get; } = [];

    public long NowMs { get; set; }

    public StreamSessionBounds Bounds { get; set; } = new();

    public StreamMoment Now => new(NowMs, (ulong)NowMs * 1_000);

    public ValueTask<StreamChannel?> Find(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Channels.GetValueOrDefault(name));

    public string? Admit(string ticket) => ticket == "used" ? null : "";

    public ValueTask Refresh(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public bool Holds(string reader) => true;

    public LosslessChannel Lossless(string name, ListLog log, ulong next, bool hasFacts = true)
    {
        var channel = new LosslessChannel(name, Epoch, next, log, hasFacts);
        Channels[name] = channel;
        return channel;
    }

    public ConflatedChannel Conflated(string name, byte epoch = 1)
    {
        var channel = new ConflatedChannel(name, Enumerable.Repeat(epoch, StreamChannel.EpochBytes).ToArray());
        Channels[name] = channel;
        return channel;
    }

    public StreamSession Connect(params IEnumerable<ClientMessage> messages)
    {
        var session = new StreamSession("c", Bounds, this, this, Now);
        foreach (var message in messages.Prepend(Hello())) session.Receive(message, Now);
        return session;
    }

    /// <summary>What it would send now.</summary>
    public IReadOnlyList<ServerMessage> Frame(StreamSession session)
    {
        using var frame = new FrameBuffer();
        var filled = session.Fill(frame, Now);
        Assert.True(filled.IsCompletedSuccessfully);
        return [.. ServerFrame.Read(frame.Written.ToArray())];
    }

    /// <summary>Everything it would send until it has nothing more.</summary>
    public IReadOnlyList<ServerMessage> Drain(StreamSession session)
    {
        var all = new List<ServerMessage>();
        while (true)
        {
            var frame = Frame(session);
            all.AddRange(frame);
            if (frame.Count == 0 && !session.HasMore) return all;
        }
    }

    public static ClientMessage Hello(string ticket = "", uint protocol = 1) =>
        new() { Hello = new Hello { Ticket = ticket, Protocol = protocol } };

    public static ClientMessage Subscribe(
        uint id, string channel, Resume? resume = null, RecordFilter? filter = null) =>
        new()
        {
            Subscribe = new Subscribe
            {
                Id = id,
                Channel = channel,
                Resume = resume,
                Filter = filter?.ToByteString() ?? ByteString.Empty,
            },
        };
}
