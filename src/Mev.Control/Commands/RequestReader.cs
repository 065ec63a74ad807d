using System.Collections.Frozen;
using System.Collections.Immutable;
using Mev.Control.Signatures;
using Mev.Control.StructuredFields;

namespace Mev.Control.Commands;

/// <summary>
/// The checks of form on a received request, in their order (specs: commands, section 3, steps 1 to 3).
/// </summary>
internal static class RequestReader
{
    private const int SignaturesMax = 4;
    private const string ContentType = "content-type";

    private static readonly ImmutableArray<string> CoveredHeaders = ["content-digest", ContentType, "idempotency-key"];

    /// <summary>The envelope; null with the first refusal.</summary>
    public static CommandEnvelope? Read(
        CommandRequest request, FrozenSet<string> authorities, out CommandRefusal? refusal)
    {
        var components = new RequestComponents(request.Method, request.Host, request.Target, request.Headers);
        refusal = CheckForm(request, components);
        if (refusal is not null) return null;
        if (Dictionary(components, "signature-input") is not { } inputs
            || Dictionary(components, "signature") is not { } signatures)
        {
            return Refused(CommandRefusal.MalformedRequest, out refusal);
        }
        var claims = inputs.Where(input => CommandParameters.IsClaimedBy(input.Member)).ToList();
        if (claims.Count == 0) return Refused(CommandRefusal.SignatureMissing, out refusal);
        if (signatures.FirstOrDefault(entry => entry.Key == claims[0].Key) is not { } signature)
            return Refused(CommandRefusal.SignatureMissing, out refusal);
        if (inputs.Length > SignaturesMax || signatures.Length > SignaturesMax || claims.Count > 1
            || claims[0].Member is not FieldInnerList covered
            || signature.Member is not FieldItem { Value: FieldValue.Bytes bytes } item
            || !item.Parameters.Entries.IsEmpty)
        {
            return Refused(CommandRefusal.SignatureProfile, out refusal);
        }
        if (CommandParameters.Read(covered) is null) return Refused(CommandRefusal.SignatureProfile, out refusal);
        if (CoveredHeaders.Any(name => components.Header(name) is null))
            return Refused(CommandRefusal.MalformedRequest, out refusal);
        if (Authority(request.Host, authorities) is not { } authority)
            return Refused(CommandRefusal.AuthorityNotAllowed, out refusal);
        var addressed = components with { Authority = authority };
        if (SignedBytes.Write(covered, claims[0].Received, addressed.Value) is not { } signed)
            return Refused(CommandRefusal.SignatureProfile, out refusal);
        return EnvelopeReader.Read(new SignedCommand(signed, bytes.Value, request.Body), authorities, out refusal);
    }

    private static CommandRefusal? CheckForm(CommandRequest request, RequestComponents components)
    {
        if (request.Body.Length > CommandRequest.BodyBytesMax) return CommandRefusal.BodyTooLarge;
        if (request.Method != "POST") return CommandRefusal.MethodNotAllowed;
        if (components.Header(ContentType) is not EnvelopeReader.MediaType) return CommandRefusal.MediaTypeNotSupported;
        if (!CommandEndpoints.All.Contains(request.Target)) return CommandRefusal.MalformedRequest;
        foreach (var name in CoveredHeaders)
        {
            var lines = request.Headers.Where(line => line.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (lines.Count() > 1 || !lines.All(line => IsClean(line.Value))) return CommandRefusal.MalformedRequest;
        }
        if (components.Header("content-digest") is { } digest && ContentDigest.Read(digest) is null)
            return CommandRefusal.MalformedRequest;
        return components.Header("idempotency-key") is { } key && EnvelopeReader.CommandIdOf(key) is null
            ? CommandRefusal.MalformedRequest
            : null;
    }

    /// <summary>One line of printable ASCII: not folded, and the same text in every encoding.</summary>
    private static bool IsClean(string value) => value.Length <= FieldParser.LengthMax
        && value.All(character => character is (>= ' ' and <= '~') or '\t');

    private static ImmutableArray<FieldEntry>? Dictionary(RequestComponents components, string name) =>
        components.Header(name) is { } value ? FieldParser.Dictionary(value) : [];

    /// <summary>The allowed entry that the host is: in lower case, without a default port.</summary>
    private static string? Authority(string host, FrozenSet<string> authorities)
    {
        var lower = host.ToLowerInvariant();
        if (authorities.TryGetValue(lower, out var entry)) return entry;
        var end = lower.LastIndexOf(':');
        return end > 0 && lower[end..] is ":443" or ":80" && authorities.TryGetValue(lower[..end], out entry)
            ? entry
            : null;
    }

    private static CommandEnvelope? Refused(CommandRefusal why, out CommandRefusal? refusal)
    {
        refusal = why;
        return null;
    }
}
