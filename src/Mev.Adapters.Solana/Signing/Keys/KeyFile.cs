using System.Security.Cryptography;
using Mev.Adapters.Solana.Transactions;

namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>
/// A wallet's key in a file that its owner alone may read: the keypair file of Solana's command line, or the same
/// encrypted (<see cref="EncryptedKey"/>). Every copy that is made on the way is wiped.
/// </summary>
public static class KeyFile
{
    /// <summary>
    /// The key in the file; none, and why, when it is not used. The passphrase (UTF-8) is asked for encrypted files
    /// only; the caller wipes its own copy.
    /// </summary>
    public static SigningKey? Read(string path, ReadOnlySpan<byte> passphrase, out KeyFileDefect defect)
    {
        var bytes = PrivateFile.Read(path, out defect);
        if (bytes is null) return null;
        var seed = SecretBytes(SigningKey.SeedLength);
        try
        {
            defect = EncryptedKey.IsEncrypted(bytes)
                ? EncryptedKey.Open(bytes, passphrase, seed)
                : KeypairJson.Read(bytes, seed);
            return defect == KeyFileDefect.None ? new SigningKey(seed) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>
    /// Encrypts the key of a keypair file into a new file, which its owner alone may read. The old one stays.
    /// </summary>
    /// <exception cref="IOException">The new file exists, or cannot be written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cost outside its bounds.</exception>
    public static KeyFileDefect Encrypt(string path, string encrypted, ReadOnlySpan<byte> passphrase, KeyCost cost)
    {
        var bytes = PrivateFile.Read(path, out var defect);
        if (bytes is null) return defect;
        var seed = SecretBytes(SigningKey.SeedLength);
        try
        {
            defect = KeypairJson.Read(bytes, seed);
            if (defect == KeyFileDefect.None)
                PrivateFile.Create(encrypted, EncryptedKey.Seal(seed, passphrase, cost));
            return defect;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Bytes that the collector does not copy about, so that wiping them wipes all.</summary>
    internal static byte[] SecretBytes(int length) => GC.AllocateArray<byte>(length, pinned: true);
}
