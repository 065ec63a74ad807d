using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>The account bytes of one batch, one after the other in one buffer that is used again.</summary>
internal sealed class AccountBytes
{
    private byte[] _buffer = new byte[16 << 10];
    private int _length;

    /// <summary>Bytes held.</summary>
    public int Length => _length;

    /// <summary>Forgets all.</summary>
    public void Clear() => _length = 0;

    /// <summary>Bytes at a place.</summary>
    public ReadOnlyMemory<byte> Slice(Range range) => _buffer.AsMemory(range);

    /// <summary>Appends the base64 string that the reader stands on; false when it is none.</summary>
    public bool TryAppend(in Utf8JsonReader json, out Range range)
    {
        range = default;
        if (json.TokenType != JsonTokenType.String) return false;
        return json.ValueIsEscaped
            ? TryAppend(Unescaped(json.ValueSpan), out range)
            : TryAppend(json.ValueSpan, out range);
    }

    /// <summary>Appends base64 text; false when it is not exactly that.</summary>
    public bool TryAppend(ReadOnlySpan<byte> base64, out Range range)
    {
        range = default;
        var most = Base64.GetMaxDecodedFromUtf8Length(base64.Length);
        if (_buffer.Length - _length < most)
            Array.Resize(ref _buffer, checked(Math.Max(2 * _buffer.Length, _length + most)));
        var done = Base64.DecodeFromUtf8(base64, _buffer.AsSpan(_length), out var consumed, out var written);
        if (done != OperationStatus.Done || consumed != base64.Length) return false;
        range = _length..(_length + written);
        _length += written;
        return true;
    }

    // The only escape that a JSON writer may put into base64.
    private static byte[] Unescaped(ReadOnlySpan<byte> text) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(text).Replace(@"\/", "/", StringComparison.Ordinal));
}
