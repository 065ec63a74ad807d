using System.Security.Cryptography;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Control.Signatures;

namespace Mev.DevHost.Control;

/// <summary>A file with a private key, closed to all other users.</summary>
internal static class KeyFile
{
    /// <summary>Its key; null, and why, where the file is not used or holds none.</summary>
    public static Ed25519PrivateKey? Read(string path, out KeyFileDefect defect)
    {
        var file = PrivateFile.Read(path, out defect);
        if (file is null) return null;
        try
        {
            var key = PrivateJwk.Read(file);
            if (key is null) defect = KeyFileDefect.Form;
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }
}
