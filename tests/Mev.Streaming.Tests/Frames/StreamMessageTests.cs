using CsCheck;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Frames;

/// <summary>Bytes that are written once and by hand are those of the generated messages.</summary>
public sealed class StreamMessageTests
{
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 40], Gen.Byte.Array[120, 140], Gen.Byte.Array[16_370, 16_400]);

    private static readonly Gen<ulong> Seqs = Gen.OneOf(Gen.ULong, Gen.ULong[0, 300]);

    [Fact]
    public void A_shared_message_behind_an_id_is_what_the_generated_code_reads() =>
        Gen.Select(Seqs, Bytes, Bytes, Gen.UInt, Seqs, Gen.Bool).Sample((seq, key, value, id, prev, isSkipped) =>
        {
            using var frame = new FrameBuffer();
            var message = StreamMessage.Of(seq, key, value);
            Assert.True(frame.TryAppend(id, message, isSkipped ? prev : null));
            var expected = new ServerMessage
            {
                Id = id,
                Seq = seq,
                Delta = new Delta { Entry = Entry(key, value) },
            };
            if (isSkipped) expected.PrevSeq = prev;
            Assert.Equal(expected, Assert.Single(ServerFrame.Read(frame.Written)));
            Assert.Equal(key, message.Key.ToArray());
            Assert.Equal(value, message.Value.ToArray());
        }, iter: 1_000);

    [Fact]
    public void A_removed_key_is_what_the_generated_code_reads() =>
        Gen.Select(Seqs, Bytes).Sample((seq, key) =>
        {
            using var frame = new FrameBuffer();
            var message = StreamMessage.Removed(seq, key);
            Assert.True(frame.TryAppend(1, message));
            var expected = new ServerMessage
            {
                Id = 1,
                Seq = seq,
                Delta = new Delta { Entry = Entry(key, []), Removed = true },
            };
            Assert.Equal(expected, Assert.Single(ServerFrame.Read(frame.Written)));
            Assert.Equal(key, message.Key.ToArray());
            Assert.True(message.Value.IsEmpty);
        }, iter: 1_000);

    private static Entry Entry(byte[] key, byte[] value) =>
        new() { Key = ByteString.CopyFrom(key), Value = ByteString.CopyFrom(value) };
}
