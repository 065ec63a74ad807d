using NSec.Cryptography;

namespace Mev.Control.Signatures;

/// <summary>
/// A private key of Ed25519 that signs commands or checkpoints, never transactions. The secret lies in the library's
/// guarded memory, never leaves, and is wiped when this is disposed of.
/// </summary>
public sealed class Ed25519PrivateKey : IDisposable
{
    private readonly Key _key;

    /// <summary>Takes a seed of 32 bytes over; the caller wipes its own copy.</summary>
    /// <exception cref="FormatException">Not 32 bytes.</exception>
    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        PublicKey = Ed25519PublicKey.Read(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey))
            ?? throw new FormatException("the seed has no public key");
    }

    /// <summary>The public key.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>The signature over these bytes: the same bytes give the same 64.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The id of the public key; never the secret.</summary>
    public override string ToString() => PublicKey.ToString();
}
