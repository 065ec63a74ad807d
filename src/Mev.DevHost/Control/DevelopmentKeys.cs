using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Control.Signatures;
using Mev.Control.Starts;
using Mev.Domain.Chain;
using Microsoft.Extensions.Options;

namespace Mev.DevHost.Control;

/// <summary>
/// Keys of four persons for a laptop, made at random with the first start in a folder of this user alone: two admins,
/// an operator, and one of role risk.
/// </summary>
internal static class DevelopmentKeys
{
    private static readonly (string Name, string Role)[] Persons =
        [("admin-1", "admin"), ("admin-2", "admin"), ("operator-1", "operator"), ("risk-1", "risk")];

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The admins of the trust root, who begin the cluster.</summary>
    public static IReadOnlyList<string> Admins { get; } = ["admin-1", "admin-2"];

    /// <summary>The trust root of the folder's admins; makes the keys that are not there.</summary>
    /// <exception cref="OptionsValidationException">A file cannot be made, or is not used.</exception>
    public static TrustRoot Root(string folder)
    {
        MakeFolder(folder);
        var keys = Persons.ToDictionary(person => person.Name, person => PublicKey(folder, person.Name));
        var file = JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = 1,
            threshold = Admins.Count,
            admins = Admins.Select(name => new { name, keyid = $"{keys[name].Id}", x = X(keys[name]) }),
        });
        return TrustRoot.Read(file, Digest.Of(file));
    }

    /// <summary>The exact bytes of the first registry and policy.</summary>
    public static byte[] Initial(string folder) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        principals = Persons.Select(person => new
        {
            name = person.Name,
            roles = new[] { person.Role },
            keys = new[] { new { x = X(PublicKey(folder, person.Name)) } },
        }),
        limits = new { },
    });

    /// <summary>The key of a part of the platform, not of a person; made with the first start.</summary>
    /// <exception cref="OptionsValidationException">Its file cannot be made, or is not used.</exception>
    public static Ed25519PrivateKey OpenOrMake(string folder, string name)
    {
        MakeFolder(folder);
        _ = PublicKey(folder, name);
        return Open(folder, name);
    }

    /// <summary>Where the key of that name lies.</summary>
    public static string PathOf(string folder, string name) => Path.Combine(folder, $"{name}.json");

    /// <summary>The key of a person.</summary>
    /// <exception cref="OptionsValidationException">Its file is not used.</exception>
    public static Ed25519PrivateKey Open(string folder, string name)
    {
        var path = PathOf(folder, name);
        return KeyFile.Read(path, out var defect)
            ?? throw Refused($"'{path}' is not used ({defect}): remove it, and a new one is made");
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly); // whatever the umask says
    }

    private static Ed25519PublicKey PublicKey(string folder, string name)
    {
        if (File.Exists(PathOf(folder, name)))
        {
            using var key = Open(folder, name);
            return key.PublicKey;
        }
        var file = PrivateJwk.New(out var publicKey);
        try
        {
            PrivateFile.Create(PathOf(folder, name), file);
            return publicKey;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused($"'{PathOf(folder, name)}' cannot be made: {failure.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    private static string X(Ed25519PublicKey key) => Base64Url.EncodeToString(key.ToArray());

    private static OptionsValidationException Refused(string message) => new(
        TrustRootOptions.Section, typeof(TrustRootOptions), [$"TrustRoot:DevelopmentFolder: {message}"]);
}
