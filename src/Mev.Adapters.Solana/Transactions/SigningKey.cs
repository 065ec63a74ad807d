using Mev.Domain.Chain;
using NSec.Cryptography;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>
/// An Ed25519 key pair (RFC 8032, deterministic: the same message gives the same signature). The secret lies in the
/// library's guarded memory, never leaves, and is wiped when this is disposed of.
/// </summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Bytes of the secret seed.</summary>
    public const int SeedLength = 32;

    private readonly Key _key;

    /// <summary>Takes the seed over; the caller wipes its own copy.</summary>
    /// <exception cref="FormatException">Not 32 bytes.</exception>
    public SigningKey(ReadOnlySpan<byte> seed)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        Address = new Pubkey(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public key.</summary>
    public Pubkey Address { get; }

    /// <summary>The signature over a message.</summary>
    public TransactionSignature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[TransactionSignature.Length];
        SignatureAlgorithm.Ed25519.Sign(_key, message, signature);
        return TransactionSignature.From(signature);
    }

    /// <summary>Signs with every key that the message asks for, in its order.</summary>
    /// <exception cref="ArgumentException">The message may not be sent, or a signer's key is missing.</exception>
    public static Transaction SignAll(TransactionMessage message, params IReadOnlyCollection<SigningKey> keys)
    {
        var defect = TransactionLimits.Check(message);
        if (defect != TransactionDefect.None) throw new ArgumentException($"not to send: {defect}", nameof(message));
        var bytes = MessageBytes.Write(message);
        var signers = message.StaticKeys[..message.Header.Signers].Select(signer =>
            keys.FirstOrDefault(key => key.Address == signer)
            ?? throw new ArgumentException($"no key of {signer}", nameof(keys)));
        return new Transaction([.. signers.Select(signer => signer.Sign(bytes))], bytes);
    }

    /// <summary>The signature is that of <paramref name="signer"/> over the message.</summary>
    public static bool Verify(Pubkey signer, ReadOnlySpan<byte> message, TransactionSignature signature)
    {
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        signature.CopyTo(bytes);
        return PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, signer.ToArray(), KeyBlobFormat.RawPublicKey, out var key)
            && key is not null
            && SignatureAlgorithm.Ed25519.Verify(key, message, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>The address; never the secret.</summary>
    public override string ToString() => Address.ToString();
}
