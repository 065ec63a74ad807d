using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Frames;

/// <summary>
/// One message of a channel, serialised once: its bytes are those of a <c>ServerMessage</c> without the number of a
/// subscription, so every client gets the same ones behind its own.
/// </summary>
public sealed class StreamMessage
{
    private const byte SeqTag = ServerMessage.SeqFieldNumber << 3;
    private const byte DeltaTag = ServerMessage.DeltaFieldNumber << 3 | 2;
    private const byte EntryTag = Contracts.V1.Streams.Delta.EntryFieldNumber << 3 | 2;
    private const byte RemovedTag = Contracts.V1.Streams.Delta.RemovedFieldNumber << 3;
    private const byte KeyTag = Entry.KeyFieldNumber << 3 | 2;
    private const byte ValueTag = Entry.ValueFieldNumber << 3 | 2;

    private readonly int _keyStart;
    private readonly int _keyLength;
    private readonly int _valueStart;

    private StreamMessage(
        ulong seq, byte[] body, int keyStart, int keyLength, int valueStart, bool isRemoved, MessageFacts? facts) =>
        (Seq, Body, _keyStart, _keyLength, _valueStart, IsRemoved, Facts) =
        (seq, body, keyStart, keyLength, valueStart, isRemoved, facts);

    /// <summary>Its number in the channel.</summary>
    public ulong Seq { get; }

    /// <summary>The shared bytes.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The key is there no more.</summary>
    public bool IsRemoved { get; }

    /// <summary>What filters look at; null where none of them fits.</summary>
    public MessageFacts? Facts { get; }

    /// <summary>What it is of.</summary>
    public ReadOnlyMemory<byte> Key => Body.Slice(_keyStart, _keyLength);

    /// <summary>The channel's own message; none of a removed key.</summary>
    public ReadOnlyMemory<byte> Value => IsRemoved ? default : Body[_valueStart..];

    /// <summary>A new value of a key.</summary>
    public static StreamMessage Of(
        ulong seq, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageFacts? facts = null)
    {
        var entry = Field(key.Length) + Field(value.Length);
        var body = new byte[1 + Varint.Length(seq) + Field(Field(entry))];
        var end = Begin(body, seq, Field(entry));
        end = Prefix(body, end, EntryTag, entry);
        var keyStart = end = Prefix(body, end, KeyTag, key.Length);
        key.CopyTo(body.AsSpan(end));
        var valueStart = end = Prefix(body, end + key.Length, ValueTag, value.Length);
        value.CopyTo(body.AsSpan(end));
        return new StreamMessage(seq, body, keyStart, key.Length, valueStart, isRemoved: false, facts);
    }

    /// <summary>A key that is there no more.</summary>
    public static StreamMessage Removed(ulong seq, ReadOnlySpan<byte> key)
    {
        var delta = Field(Field(key.Length)) + 2;
        var body = new byte[1 + Varint.Length(seq) + Field(delta)];
        var end = Begin(body, seq, delta);
        end = Prefix(body, end, EntryTag, Field(key.Length));
        var keyStart = end = Prefix(body, end, KeyTag, key.Length);
        key.CopyTo(body.AsSpan(end));
        (body[end + key.Length], body[end + key.Length + 1]) = (RemovedTag, 1);
        return new StreamMessage(seq, body, keyStart, key.Length, body.Length, isRemoved: true, facts: null);
    }

    private static int Begin(Span<byte> body, ulong seq, int delta)
    {
        body[0] = SeqTag;
        return Prefix(body, 1 + Varint.Write(body[1..], seq), DeltaTag, delta);
    }

    private static int Prefix(Span<byte> body, int at, byte tag, int length)
    {
        body[at] = tag;
        return at + 1 + Varint.Write(body[(at + 1)..], (ulong)length);
    }

    /// <summary>Bytes of a field of so many, with its tag and length.</summary>
    private static int Field(int length) => 1 + Varint.Length((ulong)length) + length;
}
