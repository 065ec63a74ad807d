using System.Collections.Frozen;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Commands;

/// <summary>
/// Reads what was signed, whoever hands it over: the gateway that received it, or a caller inside the cluster.
/// </summary>
internal static class EnvelopeReader
{
    /// <summary>The one media type of commands.</summary>
    public const string MediaType = "application/json";

    /// <summary>The envelope; null with the first refusal. Without authorities it may be addressed to any.</summary>
    public static CommandEnvelope? Read(
        SignedCommand signed, FrozenSet<string>? authorities, out CommandRefusal? refusal)
    {
        refusal = CommandRefusal.MalformedRequest;
        if (signed.Body.Length > CommandRequest.BodyBytesMax
            || signed.SignatureBase.Length > SignedCommand.SignatureBaseBytesMax
            || SignedBytes.Read(signed.SignatureBase.Span) is not var (values, covered, _))
        {
            return null;
        }
        refusal = CommandRefusal.SignatureProfile;
        if (CommandParameters.Read(covered) is not { } parameters) return null;
        refusal = CommandRefusal.AuthorityNotAllowed;
        if (authorities?.Contains(values["@authority"]) == false) return null;
        refusal = CommandRefusal.MalformedRequest;
        if (values["@method"] != "POST"
            || values["@query"] != "?"
            || values["content-type"] != MediaType
            || !CommandEndpoints.All.Contains(values["@path"])
            || ContentDigest.Read(values["content-digest"]) is not { } digest
            || CommandIdOf(values["idempotency-key"]) is not { } id)
        {
            return null;
        }
        refusal = null;
        return new CommandEnvelope
        {
            Signed = signed,
            Path = values["@path"],
            CommandId = id,
            ContentDigest = digest,
            Parameters = parameters,
        };
    }

    /// <summary>The UUIDv7 of an <c>Idempotency-Key</c>, in its one spelling; null for anything else.</summary>
    public static Guid? CommandIdOf(string value) =>
        FieldParser.Item(value) is { Value: FieldValue.Text { Value: var text }, Parameters.Entries.IsEmpty: true }
        && Guid.TryParseExact(text, "D", out var id)
        && id.ToString() == text
        && id is { Version: 7, Variant: >= 8 and <= 11 }
            ? id
            : null;
}
