namespace Mev.Domain.Chain;

/// <summary>
/// Base58 with the Bitcoin alphabet, as Solana writes addresses and signatures: each leading zero byte is a leading
/// '1'. In the domain because an address must print itself and the domain has no packages.
/// </summary>
public static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>Longest text read: a 64-byte signature has at most 88 digits; outside input stays bounded.</summary>
    public const int DigitsMax = 128;

    /// <summary>The base58 text of <paramref name="bytes"/>, at most 94 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// More bytes than <see cref="DigitsMax"/> digits can hold.
    /// </exception>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, 92, nameof(bytes));
        Span<byte> digits = stackalloc byte[DigitsMax];
        var count = 0;
        foreach (var value in bytes)
        {
            int carry = value;
            for (var i = 0; i < count; i++)
            {
                carry += digits[i] << 8;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
            }
            for (; carry > 0; carry /= 58)
                digits[count++] = (byte)(carry % 58);
        }
        for (var i = 0; i < bytes.Length && bytes[i] == 0; i++)
            digits[count++] = 0;
        Span<char> text = stackalloc char[count];
        for (var i = 0; i < count; i++)
            text[count - 1 - i] = Alphabet[digits[i]];
        return new string(text);
    }

    /// <summary>
    /// Decodes into the front of <paramref name="destination"/>. False, and nothing promised of the destination, when
    /// a character is not of the alphabet, the text is too long, or the bytes do not fit. Its time grows with the
    /// square of the length, so whoever reads longer texts says how long: <paramref name="digitsMax"/>.
    /// </summary>
    public static bool TryDecode(
        ReadOnlySpan<char> text, Span<byte> destination, out int written, int digitsMax = DigitsMax)
    {
        written = 0;
        if (text.Length > digitsMax) return false;
        foreach (var character in text)
        {
            var carry = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (carry < 0) return false;
            for (var i = 0; i < written; i++)
            {
                carry += destination[i] * 58;
                destination[i] = (byte)(carry & 0xff);
                carry >>= 8;
            }
            for (; carry > 0; carry >>= 8)
            {
                if (written == destination.Length) return false;
                destination[written++] = (byte)(carry & 0xff);
            }
        }
        for (var i = 0; i < text.Length && text[i] == '1'; i++)
        {
            if (written == destination.Length) return false;
            destination[written++] = 0;
        }
        destination[..written].Reverse();
        return true;
    }
}
