using System.Collections.Immutable;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Commands;

/// <summary>The parameters of a signature of the profile <c>mev-cmd-v1</c>.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Expires">Unix seconds.</param>
/// <param name="Nonce">16 bytes as 22 characters of base64url.</param>
/// <param name="KeyId">The key that signs.</param>
internal sealed record CommandParameters(long Created, long Expires, string Nonce, KeyId KeyId)
{
    /// <summary>The profile's name in the parameter <c>tag</c>.</summary>
    public const string Tag = "mev-cmd-v1";

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 16;

    private const string Algorithm = "ed25519";
    private const int Count = 6;

    /// <summary>What a signer covers, in this order; a verifier takes any order.</summary>
    private static readonly ImmutableArray<string> Covered =
        ["@method", "@authority", "@path", "@query", "content-digest", "content-type", "idempotency-key"];

    /// <summary>Whether a member of <c>Signature-Input</c> claims the profile.</summary>
    public static bool IsClaimedBy(FieldMember member) => member.Parameters["tag"] is FieldValue.Text { Value: Tag };

    /// <summary>
    /// Reads a list that covers exactly the profile's components, with exactly its parameters; null otherwise.
    /// </summary>
    public static CommandParameters? Read(FieldInnerList list)
    {
        if (SignedBytes.Names(list) is not { } names) return null;
        if (names.Count != Covered.Length || names.Except(Covered).Any()) return null;
        var parameters = list.Parameters;
        return parameters.Entries.Length == Count
            && IsClaimedBy(list)
            && parameters["alg"] is FieldValue.Text { Value: Algorithm }
            && parameters["created"] is FieldValue.Integer { Value: >= 0 and var created }
            && parameters["expires"] is FieldValue.Integer { Value: >= 0 and var expires }
            && parameters["nonce"] is FieldValue.Text { Value: var nonce }
            && CanonicalBase64.ReadUrl(nonce, NonceLength) is not null
            && parameters["keyid"] is FieldValue.Text { Value: var key }
            && Signatures.KeyId.Parse(key) is { } keyId
            ? new CommandParameters(created, expires, nonce, keyId)
            : null;
    }

    /// <summary>The list that a signer writes.</summary>
    public FieldInnerList ToList() => new(
        [.. Covered.Select(name => new FieldItem(new FieldValue.Text(name), FieldParameters.None))],
        new FieldParameters(
        [
            new("created", new FieldValue.Integer(Created)), new("expires", new FieldValue.Integer(Expires)),
            new("nonce", new FieldValue.Text(Nonce)), new("keyid", new FieldValue.Text(KeyId.ToString())),
            new("alg", new FieldValue.Text(Algorithm)), new("tag", new FieldValue.Text(Tag)),
        ]));
}
