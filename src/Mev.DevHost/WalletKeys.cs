using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Opens the wallets' keys; refuses to start over a file that is not used, with its path and why.</summary>
internal static class WalletKeys
{
    /// <summary>The keys, in the order of the files; in Simulated without files one that follows from a seed.</summary>
    /// <exception cref="OptionsValidationException">A key file is not used.</exception>
    public static IReadOnlyList<SigningKey> Open(ExecutionOptions options)
    {
        if (options.KeyPaths.Count == 0) return [Simulated(options.WalletSeed)];
        var passphrase = Encoding.UTF8.GetBytes(options.Passphrase?.Reveal() ?? "");
        var keys = new List<SigningKey>();
        try
        {
            foreach (var path in options.KeyPaths)
            {
                keys.Add(KeyFile.Read(path, passphrase, out var defect) ?? throw new OptionsValidationException(
                    ExecutionOptions.Section, typeof(ExecutionOptions),
                    [$"Execution:KeyPaths: '{path}' is not used ({defect}); it must be a key file of this user, closed "
                        + "to all others (chmod 600)"]));
            }
            return keys;
        }
        catch (OptionsValidationException)
        {
            foreach (var key in keys) key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    /// <summary>Of no value: whoever knows the seed has the key, and the network rule keeps it from mainnet.</summary>
    private static SigningKey Simulated(ulong seed)
    {
        Span<byte> input = stackalloc byte[24];
        "mev-simulated-v1"u8.CopyTo(input);
        BinaryPrimitives.WriteUInt64LittleEndian(input[16..], seed);
        return new SigningKey(Digest.Of(input).ToArray());
    }
}
