using Google.Protobuf;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Frames;

/// <summary>What a server sends, read by a client: messages after each other, each behind its length.</summary>
public static class ServerFrame
{
    /// <summary>The messages of a frame, in order.</summary>
    /// <exception cref="InvalidDataException">The bytes are no frame.</exception>
    public static IEnumerable<ServerMessage> Read(ReadOnlyMemory<byte> frame)
    {
        while (frame.Length > 0)
        {
            var prefix = Varint.Read(frame.Span, out var length);
            if (prefix == 0 || length > (ulong)(frame.Length - prefix))
                throw new InvalidDataException("a frame ends within a message");
            yield return Parse(frame.Span.Slice(prefix, (int)length));
            frame = frame[(prefix + (int)length)..];
        }
    }

    private static ServerMessage Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ServerMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new InvalidDataException("a frame holds what is no message", failure);
        }
    }
}
