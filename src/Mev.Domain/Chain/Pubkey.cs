using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Orleans;

namespace Mev.Domain.Chain;

/// <summary>A 32-byte Solana address: an account, a mint, a program or a signer. Shown as base58.</summary>
[GenerateSerializer, Immutable, Alias("mev.pubkey")]
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct Pubkey : IComparable<Pubkey>
{
    /// <summary>Bytes in an address.</summary>
    public const int Length = 32;

    [Id(0)] private readonly ulong _word0;
    [Id(1)] private readonly ulong _word1;
    [Id(2)] private readonly ulong _word2;
    [Id(3)] private readonly ulong _word3;

    /// <summary>Reads the first 32 bytes of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes.</exception>
    public Pubkey(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Length, nameof(bytes));
        _word0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _word1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _word2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _word3 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The zero address is the system program: it never names a pool, a vault or a mint.</summary>
    public bool IsZero => (_word0 | _word1 | _word2 | _word3) == 0;

    /// <summary>Reads base58 text.</summary>
    /// <exception cref="FormatException">The text is not base58 of exactly 32 bytes.</exception>
    public static Pubkey Parse(string text) =>
        TryParse(text, out var pubkey) ? pubkey : throw new FormatException($"'{text}' is not a base58 address");

    /// <summary>Reads base58 text; false when it is not base58 of exactly 32 bytes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Pubkey pubkey)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isPubkey = text is not null && Base58.TryDecode(text, bytes, out var written) && written == Length;
        pubkey = isPubkey ? new Pubkey(bytes) : default;
        return isPubkey;
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

    /// <summary>Byte order, which is the order that content-derived ids are hashed in.</summary>
    public int CompareTo(Pubkey other)
    {
        var order = _word0.CompareTo(other._word0);
        if (order == 0) order = _word1.CompareTo(other._word1);
        if (order == 0) order = _word2.CompareTo(other._word2);
        return order == 0 ? _word3.CompareTo(other._word3) : order;
    }

    /// <summary>
    /// Keys are hashes or curve points, so one word spreads them; derived from content, never randomised.
    /// </summary>
    public override int GetHashCode() => unchecked((int)(_word0 ^ (_word3 >> 32)));

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Base58.Encode(bytes);
    }
}
