using System.Buffers;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Frames;

/// <summary>
/// One frame to a client in the making: messages after each other, each behind its length. Its array is rented and used
/// again for the next frame.
/// </summary>
public sealed class FrameBuffer : IDisposable
{
    /// <summary>Bytes of a frame; only a single message that is longer goes beyond.</summary>
    public const int BytesMax = 64 * 1024;

    private const byte IdTag = ServerMessage.IdFieldNumber << 3;
    private const byte PrevSeqTag = ServerMessage.PrevSeqFieldNumber << 3;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BytesMax);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>How many bytes that is.</summary>
    public int Length { get; private set; }

    /// <summary>How many messages it holds.</summary>
    public int Count { get; private set; }

    /// <summary>A message found no place since the last <see cref="Clear"/>.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Begins the next frame.</summary>
    public void Clear() => (Length, Count, IsFull) = (0, 0, false);

    /// <summary>Appends a shared message for a subscription; false when the frame has no place for it.</summary>
    /// <param name="id">Of the subscription.</param>
    /// <param name="message">What it gets.</param>
    /// <param name="prevSeq">The number before, where a filter skipped some.</param>
    public bool TryAppend(uint id, StreamMessage message, ulong? prevSeq = null)
    {
        var body = message.Body.Span;
        var length = 1 + Varint.Length(id) + body.Length
            + (prevSeq is { } skipped ? 1 + Varint.Length(skipped) : 0);
        if (!Reserve(Varint.Length((ulong)length) + length)) return false;
        var to = _bytes.AsSpan(Length);
        var end = Varint.Write(to, (ulong)length);
        to[end++] = IdTag;
        end += Varint.Write(to[end..], id);
        body.CopyTo(to[end..]);
        end += body.Length;
        if (prevSeq is { } prev)
        {
            to[end++] = PrevSeqTag;
            end += Varint.Write(to[end..], prev);
        }
        Length += end;
        Count++;
        return true;
    }

    /// <summary>Appends a message of this client alone; false when the frame has no place for it.</summary>
    public bool TryAppend(ServerMessage message)
    {
        var length = message.CalculateSize();
        if (!Reserve(Varint.Length((ulong)length) + length)) return false;
        Length += Varint.Write(_bytes.AsSpan(Length), (ulong)length);
        message.WriteTo(_bytes.AsSpan(Length, length));
        Length += length;
        Count++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private bool Reserve(int length)
    {
        if (Length + length <= BytesMax) return true;
        IsFull = Length > 0;
        if (IsFull) return false;
        if (length <= _bytes.Length) return true;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = ArrayPool<byte>.Shared.Rent(length);
        return true;
    }
}
