using System.Collections.Immutable;
using System.Text.Json;
using Mev.Control.Keys;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;
using Mev.Domain.Chain;

namespace Mev.Control.Starts;

/// <summary>
/// The admins who may start a cluster: a file that is mounted read-only and whose hash is configured beside it.
/// </summary>
public sealed record TrustRoot
{
    /// <summary>Bytes of the file at most.</summary>
    public const int LengthMax = 64 * 1024;

    private const int Threshold = 2;

    private TrustRoot(Digest hash, ImmutableDictionary<KeyId, PrincipalId> admins, KeyRegistry keys) =>
        (Hash, Admins, Keys) = (hash, admins, keys);

    /// <summary>SHA-256 of the file.</summary>
    public Digest Hash { get; }

    /// <summary>Who holds which key; a person may hold several.</summary>
    public ImmutableDictionary<KeyId, PrincipalId> Admins { get; }

    /// <summary>Its keys as a registry: what the first commands are verified with.</summary>
    public KeyRegistry Keys { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="file">Its exact bytes.</param>
    /// <param name="pinned">The configured SHA-256.</param>
    /// <exception cref="FormatException">
    /// Another hash, or not the form; the message says what to do. The process does not start.
    /// </exception>
    public static TrustRoot Read(ReadOnlyMemory<byte> file, Digest pinned)
    {
        if (file.Length > LengthMax) throw new FormatException($"trust root: longer than {LengthMax} bytes");
        var hash = Digest.Of(file.Span);
        if (hash != pinned)
            throw new FormatException($"trust root: the file is {hash}, configured is {pinned}: set the one meant");
        try
        {
            using var json = JsonDocument.Parse(file, new() { AllowDuplicateProperties = false, MaxDepth = 4 });
            return Read(hash, json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"trust root: not the form {{version, threshold, admins}}: {e.Message}", e);
        }
    }

    private static TrustRoot Read(Digest hash, JsonElement root)
    {
        if (!root.GetProperty("version").TryGetInt32(out var version) || version != 1)
            throw new FormatException("trust root: version must be 1");
        if (!root.GetProperty("threshold").TryGetInt32(out var threshold) || threshold != Threshold)
            throw new FormatException($"trust root: threshold must be {Threshold}");
        var admins = ImmutableDictionary.CreateBuilder<KeyId, PrincipalId>();
        var keys = new List<(PrincipalId Principal, Ed25519PublicKey Key)>();
        foreach (var admin in root.GetProperty("admins").EnumerateArray())
        {
            var name = Text(admin, "name");
            if (PrincipalId.Parse(name) is not { } principal)
                throw new FormatException($"trust root: '{name}' is no name of a principal");
            if (CanonicalBase64.ReadUrl(Text(admin, "x"), Ed25519PublicKey.Length) is not { } bytes
                || Ed25519PublicKey.Read(bytes) is not { } key)
            {
                throw new FormatException($"trust root: x of '{name}' is no Ed25519 key in base64url");
            }
            if (KeyId.Parse(Text(admin, "keyid")) != key.Id)
                throw new FormatException($"trust root: keyid of '{name}' must be {key.Id}, the thumbprint of its x");
            if (!admins.TryAdd(key.Id, principal)) throw new FormatException($"trust root: {key.Id} stands twice");
            keys.Add((principal, key));
        }
        if (admins.Values.Distinct().Count() < Threshold)
            throw new FormatException($"trust root: {Threshold} persons are needed");
        return new TrustRoot(hash, admins.ToImmutable(), KeyRegistry.OfAdmins(keys));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
