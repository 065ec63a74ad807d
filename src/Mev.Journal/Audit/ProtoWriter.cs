using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Mev.Domain.Chain;

namespace Mev.Journal.Audit;

/// <summary>
/// Writes protobuf fields one after the other to a buffer that the caller made large enough, as the generated classes
/// do when they are called in the order of the field numbers: fields of value 0 are left out. Decision records take
/// this way because they are by far the most: it allocates nothing.
/// </summary>
internal ref struct ProtoWriter(Span<byte> buffer)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;

    private readonly Span<byte> _buffer = buffer;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Unsigned(int field, ulong value)
    {
        if (value == 0) return;
        Raw(Tag(field, Varint));
        Raw(value);
    }

    public void Unsigned(int field, bool value) => Unsigned(field, value ? 1UL : 0UL);

    /// <summary>A sint32 or sint64.</summary>
    public void Signed(int field, long value) => Unsigned(field, unchecked((ulong)(value << 1 ^ value >> 63)));

    /// <summary>An optional sint64 that there is: a zero is written, too.</summary>
    public void Present(int field, long value)
    {
        Raw(Tag(field, Varint));
        Raw(unchecked((ulong)(value << 1 ^ value >> 63)));
    }

    public void Fixed(int field, ulong value)
    {
        if (value == 0) return;
        Raw(Tag(field, Fixed64));
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer[Length..], value);
        Length += sizeof(ulong);
    }

    public void Double(int field, double value)
    {
        if (value != 0.0) Fixed(field, BitConverter.DoubleToUInt64Bits(value));
    }

    /// <summary>Packed doubles; none are left out.</summary>
    public void Doubles(int field, scoped ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return;
        var place = Place(field, values.Length * sizeof(double));
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(place[(i * sizeof(double))..], values[i]);
    }

    public void Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty) value.CopyTo(Place(field, value.Length));
    }

    public void Digest(int field, in Digest value) =>
        value.CopyTo(Place(field, Domain.Chain.Digest.Length));

    public void Pubkey(int field, in Pubkey value) =>
        value.CopyTo(Place(field, Domain.Chain.Pubkey.Length));

    public void Text(int field, string value)
    {
        if (value.Length > 0) Encoding.UTF8.GetBytes(value, Place(field, Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Begins a nested message; what is written up to <see cref="End"/> of the answer belongs to it.</summary>
    public int Begin(int field)
    {
        Raw(Tag(field, Delimited));
        return ++Length; // most are short: one byte for their length
    }

    /// <summary>Ends a nested message: its length is known now, and it moves when one byte does not hold it.</summary>
    public void End(int begin)
    {
        var length = Length - begin;
        var more = BitOperations.Log2((uint)length | 1) / 7;
        if (more > 0) _buffer[begin..Length].CopyTo(_buffer[(begin + more)..]);
        Length = begin - 1;
        Raw((ulong)length);
        Length += length;
    }

    private static ulong Tag(int field, int wireType) => (ulong)(field << 3 | wireType);

    private Span<byte> Place(int field, int length)
    {
        Raw(Tag(field, Delimited));
        Raw((ulong)length);
        var place = _buffer.Slice(Length, length);
        Length += length;
        return place;
    }

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _buffer[Length++] = (byte)(value | 0x80);
        _buffer[Length++] = (byte)value;
    }
}
