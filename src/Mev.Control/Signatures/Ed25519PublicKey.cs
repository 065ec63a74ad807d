using NSec.Cryptography;

namespace Mev.Control.Signatures;

/// <summary>A public key of Ed25519 (RFC 8032). Two with the same id are equal.</summary>
public sealed class Ed25519PublicKey : IEquatable<Ed25519PublicKey>
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    private readonly PublicKey _key;

    private Ed25519PublicKey(PublicKey key, ReadOnlySpan<byte> bytes)
    {
        _key = key;
        Id = KeyId.Of(bytes);
    }

    /// <summary>What it is called.</summary>
    public KeyId Id { get; }

    /// <summary>Reads 32 bytes; null when they are no key.</summary>
    public static Ed25519PublicKey? Read(ReadOnlySpan<byte> bytes) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key)
        && key is not null
            ? new Ed25519PublicKey(key, bytes)
            : null;

    /// <summary>
    /// The signature is this key's over exactly these bytes. Other spellings of a valid signature, and keys of a small
    /// order, verify nothing.
    /// </summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    /// <summary>Its 32 bytes.</summary>
    public byte[] ToArray() => _key.Export(KeyBlobFormat.RawPublicKey);

    /// <inheritdoc/>
    public bool Equals(Ed25519PublicKey? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ed25519PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();
}
