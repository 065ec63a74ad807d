using Mev.Contracts.V1.Streams;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Tests.Frames;

public sealed class FrameBufferTests
{
    [Fact]
    public void A_frame_ends_at_its_bound_and_the_next_one_goes_on()
    {
        using var frame = new FrameBuffer();
        var message = StreamMessage.Of(7, "key"u8, new byte[1_000]);
        while (frame.TryAppend(1, message)) Assert.True(frame.Length <= FrameBuffer.BytesMax);
        Assert.True(frame.IsFull);
        Assert.Equal(64, frame.Count);
        Assert.Equal(64, ServerFrame.Read(frame.Written).Count());
        frame.Clear();
        Assert.True(frame.TryAppend(1, message));
    }

    [Fact]
    public void A_message_that_is_longer_than_a_frame_goes_alone()
    {
        using var frame = new FrameBuffer();
        var message = StreamMessage.Of(7, "key"u8, new byte[2 * FrameBuffer.BytesMax]);
        Assert.True(frame.TryAppend(1, message));
        Assert.False(frame.TryAppend(1, message));
        Assert.Equal(7UL, Assert.Single(ServerFrame.Read(frame.Written)).Seq);
    }

    [Theory]
    [InlineData("05")]
    [InlineData("ffffffffffffffffffff01")]
    [InlineData("0308")]
    [InlineData("02ffff")]
    public void Bytes_that_are_no_frame_are_refused(string hex) =>
        Assert.Throws<InvalidDataException>(() => ServerFrame.Read(Convert.FromHexString(hex)).ToList());

    [Fact]
    public void What_a_client_sends_is_read_back_and_nothing_else_is_taken()
    {
        var message = new ClientMessage { Subscribe = new Subscribe { Id = 3, Channel = "decisions/1" } };
        var bytes = ClientFrame.Of(message);
        Assert.Equal(message, ClientFrame.Read(bytes));
        Assert.Null(ClientFrame.Read([.. bytes, 0]));
        Assert.Null(ClientFrame.Read(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Null(ClientFrame.Read([0]));
        Assert.Null(ClientFrame.Read([]));
    }
}
