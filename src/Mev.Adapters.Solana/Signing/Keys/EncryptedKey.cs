using System.Buffers.Binary;
using System.Security.Cryptography;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using NSec.Cryptography;

namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>
/// A seed under a passphrase, 136 bytes: <c>MEVKEY01</c>, memory KiB u32 and passes u32 (little-endian), salt 16,
/// nonce 24, address 32, then the seed by XChaCha20-Poly1305 with its tag, 48; all before it is authenticated with it.
/// The key is Argon2id of passphrase and salt.
/// </summary>
internal static class EncryptedKey
{
    private const int CostOffset = 8;
    private const int SaltOffset = 16;
    private const int NonceOffset = 32;
    private const int AddressOffset = 56;
    private const int SealedOffset = 88;
    private const int Length = 136;

    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private static ReadOnlySpan<byte> Magic => "MEVKEY01"u8;

    /// <summary>The bytes begin as such a file does.</summary>
    public static bool IsEncrypted(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Encrypts a seed, with a salt and a nonce of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cost outside its bounds.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> passphrase, KeyCost cost)
    {
        if (!cost.IsAllowed) throw new ArgumentOutOfRangeException(nameof(cost), cost, "outside its bounds");
        var file = new byte[Length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(CostOffset), cost.MemoryKibibytes);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(CostOffset + sizeof(int)), cost.Passes);
        RandomNumberGenerator.Fill(file.AsSpan(SaltOffset..AddressOffset)); // salt and nonce
        using (var key = new SigningKey(seed)) key.Address.CopyTo(file.AsSpan(AddressOffset));
        using var secret = Derive(file, passphrase, cost);
        Cipher.Encrypt(
            secret, file.AsSpan(NonceOffset..AddressOffset), file.AsSpan(0, SealedOffset), seed,
            file.AsSpan(SealedOffset));
        return file;
    }

    /// <summary>Decrypts the seed. Never throws.</summary>
    public static KeyFileDefect Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase, Span<byte> seed)
    {
        if (file.Length != Length || !IsEncrypted(file)) return KeyFileDefect.Form;
        var cost = new KeyCost(
            BinaryPrimitives.ReadInt32LittleEndian(file[CostOffset..]),
            BinaryPrimitives.ReadInt32LittleEndian(file[(CostOffset + sizeof(int))..]));
        if (!cost.IsAllowed) return KeyFileDefect.Cost;
        using var secret = Derive(file, passphrase, cost);
        var isOpen = Cipher.Decrypt(
            secret, file[NonceOffset..AddressOffset], file[..SealedOffset], file[SealedOffset..], seed);
        if (!isOpen) return KeyFileDefect.Passphrase;
        using var key = new SigningKey(seed);
        return key.Address == new Pubkey(file[AddressOffset..]) ? KeyFileDefect.None : KeyFileDefect.Mismatch;
    }

    private static Key Derive(ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase, KeyCost cost)
    {
        var derivation = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters
        {
            DegreeOfParallelism = 1,
            MemorySize = cost.MemoryKibibytes,
            NumberOfPasses = cost.Passes,
        });
        return derivation.DeriveKey(passphrase, file[SaltOffset..NonceOffset], Cipher);
    }
}
