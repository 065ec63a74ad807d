using System.Buffers.Binary;
using System.Security.Cryptography;
using Orleans;

namespace Mev.Domain.Chain;

/// <summary>
/// A SHA-256 value: of an account's data, a cycle, an opportunity, a record. Shown as lower-case hex.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.digest")]
public readonly record struct Digest : IComparable<Digest>
{
    /// <summary>Bytes in a digest.</summary>
    public const int Length = 32;

    [Id(0)] private readonly ulong _word0;
    [Id(1)] private readonly ulong _word1;
    [Id(2)] private readonly ulong _word2;
    [Id(3)] private readonly ulong _word3;

    /// <summary>Reads the first 32 bytes of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Length, nameof(bytes));
        _word0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _word1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _word2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _word3 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>SHA-256 of <paramref name="data"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(data, hash);
        return new Digest(hash);
    }

    /// <summary>Reads 64 hex digits; false otherwise.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isDigest = hex.Length == 2 * Length
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        digest = isDigest ? new Digest(bytes) : default;
        return isDigest;
    }

    /// <summary>Writes the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _word0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _word1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _word2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _word3);
    }

    /// <summary>A new array of the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Byte order.</summary>
    public int CompareTo(Digest other)
    {
        var order = _word0.CompareTo(other._word0);
        if (order == 0) order = _word1.CompareTo(other._word1);
        if (order == 0) order = _word2.CompareTo(other._word2);
        return order == 0 ? _word3.CompareTo(other._word3) : order;
    }

    /// <summary>A word of a hash is as good as any mix of them.</summary>
    public override int GetHashCode() => unchecked((int)_word3);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
