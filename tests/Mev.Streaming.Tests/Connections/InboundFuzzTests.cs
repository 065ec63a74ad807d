using CsCheck;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Fixtures;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Connections;

/// <summary>Whatever bytes a client sends, it is answered by the protocol or closed with one of its codes.</summary>
public sealed class InboundFuzzTests
{
    private const int SoakCases = 1_000_000;
    private const int ShareCases = 20_000;

    private static readonly string[] Names = ["log", "state", "", "decisions/99999999999"];

    private static readonly Gen<ClientMessage> Message = Gen.OneOf(
        Gen.Select(Text(), Gen.UInt[0, 2]).Select((ticket, protocol) => Served.Hello(ticket, protocol)),
        Gen.Select(Gen.UInt[0, 3], Gen.Int[0, 3].Select(i => Names[i]), Gen.Bool, Bytes(), Gen.ULong)
            .Select((id, channel, isResumed, bytes, seq) => new ClientMessage
            {
                Subscribe = new Subscribe
                {
                    Id = id,
                    Channel = channel,
                    Filter = ByteString.CopyFrom(bytes),
                    Resume = isResumed ? new Resume { Epoch = ByteString.CopyFrom(Served.Epoch), Seq = seq } : null,
                },
            }),
        Gen.UInt[0, 3].Select(id => new ClientMessage { Unsubscribe = new Unsubscribe { Id = id } }),
        Gen.ULong.Select(token => new ClientMessage { Pong = new Pong { Token = token } }));

    private static readonly Gen<byte[]> Frame = Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Message.Select(ClientFrame.Of),
        Gen.Select(Message, Gen.Int[0, 1_000], Gen.Byte).Select((message, at, value) =>
        {
            var bytes = ClientFrame.Of(message);
            bytes[at % bytes.Length] = value; // one wrong byte: a length, a tag, a huge varint
            return bytes;
        }),
        Gen.Select(Message, Gen.Int[0, 1_000]).Select((message, at) =>
            ClientFrame.Of(message) is var bytes ? bytes[..(at % bytes.Length)] : bytes));

    [Fact]
    public void No_bytes_of_a_client_do_anything_but_what_the_protocol_says() =>
        Frame.Array[1, 8].Sample(
            frames => Assert.Null(Finding(frames)), iter: Soak.Times(ShareCases, SoakCases), threads: 1);

    private static string? Finding(byte[][] frames)
    {
        var served = new Served { Bounds = new StreamSessionBounds { MessagesPerSecondMax = 100 } };
        var log = new ListLog();
        served.Lossless("log", log, 0).Publish([log.Append(StreamMessage.Of(0, "k"u8, "v"u8))], 0);
        served.Conflated("state").Publish("k"u8, "v"u8);
        var session = new StreamSession("c", served.Bounds, served, served, served.Now);
        var answers = 0;
        foreach (var frame in frames)
        {
            session.Receive(ClientFrame.Read(frame), served.Now);
            answers += served.Drain(session).Count;
        }
        if (session.Close is { Code: not (4002 or 4003 or 4006 or 4007) } close) return $"closed with {close}";
        return answers > 10 * frames.Length ? $"{answers} answers to {frames.Length} messages" : null;
    }

    private static Gen<string> Text() => Gen.OneOf(Gen.Const(""), Gen.Const("used"), Gen.String[0, 20]);

    private static Gen<byte[]> Bytes() => Gen.OneOf(
        Gen.Const(Array.Empty<byte>()),
        Gen.Byte.Array[0, 12],
        Gen.ULong[0, 3].Select(seq => new RecordFilter { FromSeq = seq, Strategies = { "a" } }.ToByteArray()));
}
