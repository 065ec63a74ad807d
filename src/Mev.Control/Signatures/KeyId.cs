using System.Buffers.Text;
using System.Text;
using Mev.Control.StructuredFields;
using Mev.Domain.Chain;

namespace Mev.Control.Signatures;

/// <summary>
/// What a public key is called: the SHA-256 thumbprint of its JWK (RFC 7638), shown as base64url without padding.
/// </summary>
/// <param name="Thumbprint">The 32 bytes.</param>
public readonly record struct KeyId(Digest Thumbprint)
{
    /// <summary>The id of an Ed25519 public key.</summary>
    internal static KeyId Of(ReadOnlySpan<byte> publicKey)
    {
        // the required members in alphabetical order, without blanks
        var jwk = $$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64Url.EncodeToString(publicKey)}}"}""";
        return new KeyId(Digest.Of(Encoding.ASCII.GetBytes(jwk)));
    }

    /// <summary>Reads its one text of 43 characters; null for any other.</summary>
    public static KeyId? Parse(string text) =>
        CanonicalBase64.ReadUrl(text, Digest.Length) is { } bytes ? new KeyId(new Digest(bytes)) : null;

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Thumbprint.ToArray());
}
