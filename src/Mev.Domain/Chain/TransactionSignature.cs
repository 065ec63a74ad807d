using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mev.Domain.Chain;

/// <summary>The 64-byte first signature of a transaction, which identifies it. Shown as base58.</summary>
[InlineArray(8)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1823", Justification = "the inline array's element")]
public struct TransactionSignature : IEquatable<TransactionSignature>
{
    /// <summary>Bytes in a signature.</summary>
    public const int Length = 64;

    /// <summary>Stands for 'no transaction'.</summary>
    public static readonly TransactionSignature None;

    private ulong _element0;

    /// <summary>Reads the first 64 bytes of <paramref name="bytes"/>.</summary>
    public static TransactionSignature From(ReadOnlySpan<byte> bytes)
    {
        var signature = default(TransactionSignature);
        bytes[..Length].CopyTo(MemoryMarshal.AsBytes((Span<ulong>)signature));
        return signature;
    }

    /// <summary>True for the value that stands for 'no transaction' (startup writes).</summary>
    public readonly bool IsNone => AreSame(in this, in None);

    /// <summary>
    /// Equality without a copy. Word by word: one wide load of what was stored in parts a moment ago has to wait until
    /// every earlier store has left the processor, which cost the assembler a quarter of its time.
    /// </summary>
    public static bool AreSame(in TransactionSignature left, in TransactionSignature right)
    {
        for (var i = 0; i < Length / sizeof(ulong); i++)
            if (left[i] != right[i]) return false;
        return true;
    }

    /// <summary>Writes the 64 bytes.</summary>
    public readonly void CopyTo(Span<byte> destination) =>
        MemoryMarshal.AsBytes((ReadOnlySpan<ulong>)this).CopyTo(destination);

    /// <inheritdoc/>
    public readonly bool Equals(TransactionSignature other) => AreSame(in this, in other);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is TransactionSignature other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => unchecked((int)this[0]);

    /// <summary>Same bytes.</summary>
    public static bool operator ==(TransactionSignature left, TransactionSignature right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(TransactionSignature left, TransactionSignature right) => !left.Equals(right);

    /// <inheritdoc/>
    public override readonly string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Base58.Encode(bytes);
    }
}
