using System.CommandLine;
using System.Security.Cryptography;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Control.Signatures;

namespace Mev.Cli.Control;

/// <summary>The key that signs a command: a file of this user alone.</summary>
internal static class OperatorKey
{
    /// <summary>The option of every command that signs.</summary>
    public static Option<string> Option() => new("--key")
    {
        Description = "The file of the key that signs, as 'keys generate' makes it.",
        HelpName = "file",
        Required = true,
    };

    public static Ed25519PrivateKey Open(string path)
    {
        var file = PrivateFile.Read(path, out var defect);
        try
        {
            if (file is not null && PrivateJwk.Read(file) is { } key) return key;
            throw new CommandFailure(
                ExitCode.Usage,
                $"--key '{path}' is not used ({(file is null ? defect : KeyFileDefect.Form)}): it must be a key of "
                + "'mevctl keys generate', closed to all other users (chmod 600)");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }
}
