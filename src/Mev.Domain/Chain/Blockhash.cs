using Orleans;

namespace Mev.Domain.Chain;

/// <summary>
/// The hash of a recent block, which a message names as its birth: the message can land in the 150 blocks after it
/// (specs: a blockhash lives until <c>last_valid_block_height</c>). Shown as base58.
/// </summary>
/// <param name="Hash">The 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("mev.blockhash")]
public readonly record struct Blockhash([property: Id(0)] Digest Hash)
{
    /// <summary>Bytes in a blockhash.</summary>
    public const int Length = Digest.Length;

    /// <summary>Reads base58 text; false when it is not base58 of exactly 32 bytes.</summary>
    public static bool TryParse(string? text, out Blockhash blockhash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isHash = text is not null && Base58.TryDecode(text, bytes, out var written) && written == Length;
        blockhash = isHash ? new Blockhash(new Digest(bytes)) : default;
        return isHash;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Hash.CopyTo(bytes);
        return Base58.Encode(bytes);
    }
}
