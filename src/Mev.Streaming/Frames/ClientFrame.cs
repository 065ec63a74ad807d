using Google.Protobuf;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Frames;

/// <summary>What a client sends: one message behind its length.</summary>
public static class ClientFrame
{
    /// <summary>Bytes of a client's message at most.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>The message of a binary one; null when its bytes are exactly one of those that there are not.</summary>
    public static ClientMessage? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BytesMax) return null;
        var prefix = Varint.Read(bytes, out var length);
        if (prefix == 0 || length != (ulong)(bytes.Length - prefix)) return null;
        try
        {
            var message = ClientMessage.Parser.ParseFrom(bytes[prefix..]);
            return message.MCase == ClientMessage.MOneofCase.None ? null : message;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a message.</summary>
    public static byte[] Of(ClientMessage message)
    {
        var length = message.CalculateSize();
        var prefix = Varint.Length((ulong)length);
        var bytes = new byte[prefix + length];
        Varint.Write(bytes, (ulong)length);
        message.WriteTo(bytes.AsSpan(prefix));
        return bytes;
    }
}
