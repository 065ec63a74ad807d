using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Core;

namespace Mev.Adapters.Jito.Wire;

/// <summary>
/// Sorts the engine's refusals by the texts that public code and logs show, whatever their case and whatever stands
/// around them; then by their codes.
/// </summary>
internal static partial class EngineErrors
{
    /// <summary>Characters of a text that are kept.</summary>
    public const int TextMax = 256;

    private const int RateLimitCode = -32_097;

    private static readonly (string Part, EngineFailureKind Kind)[] Texts =
    [
        ("exceeds the maximum configured message size", EngineFailureKind.Unknown), // our own bound of answers
        ("could not be decoded", EngineFailureKind.Malformed),
        ("write lock at least one tip account", EngineFailureKind.Malformed),
        ("does not lock any of the tip", EngineFailureKind.Malformed),
        ("exceeds max transaction length", EngineFailureKind.Malformed),
        ("must not contain any duplicate transactions", EngineFailureKind.Malformed),
        ("too many account locks", EngineFailureKind.Malformed),
        ("expired blockhash", EngineFailureKind.BlockhashExpired),
        ("invalid blockhash", EngineFailureKind.BlockhashExpired),
        ("already processed transaction", EngineFailureKind.AlreadyProcessed),
        ("maximum concurrent bundle result connections", EngineFailureKind.StreamLimited),
        ("rate limit", EngineFailureKind.RateLimited),
        ("globally rate limited", EngineFailureKind.RateLimited),
        ("not authorized", EngineFailureKind.Unauthorised),
        ("unauthenticated", EngineFailureKind.Unauthorised),
    ];

    /// <summary>Of an error in an answer of JSON-RPC.</summary>
    /// <param name="status">HTTP status; 200 says nothing.</param>
    /// <param name="code">The error's code; 0 where it has none.</param>
    /// <param name="text">The error's message, or what came instead of one.</param>
    public static EngineFailure OfJson(int status, int code, string text) =>
        Of(text, status == 429 || code == RateLimitCode ? EngineFailureKind.RateLimited : OfStatus(status));

    /// <summary>Of a status of gRPC.</summary>
    public static EngineFailure OfGrpc(StatusCode code, string text) => Of(text, code switch
    {
        StatusCode.ResourceExhausted => EngineFailureKind.RateLimited,
        StatusCode.InvalidArgument => EngineFailureKind.Malformed,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => EngineFailureKind.Unauthorised,
        StatusCode.Unimplemented => EngineFailureKind.NotFound,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Internal
            or StatusCode.Aborted => EngineFailureKind.Transport,
        _ => EngineFailureKind.Unknown,
    });

    /// <summary>No answer at all.</summary>
    public static EngineFailure OfTransport(string text) => new(EngineFailureKind.Transport, Cut(text));

    /// <summary>The bound of what others say.</summary>
    public static string Cut(string text) => text.Length <= TextMax ? text : text[..TextMax];

    private static EngineFailureKind OfStatus(int status) => status switch
    {
        401 or 403 => EngineFailureKind.Unauthorised,
        404 => EngineFailureKind.NotFound,
        >= 500 => EngineFailureKind.Transport,
        _ => EngineFailureKind.Unknown,
    };

    private static EngineFailure Of(string text, EngineFailureKind otherwise)
    {
        var cut = Cut(text);
        foreach (var (part, kind) in Texts)
        {
            if (cut.Contains(part, StringComparison.OrdinalIgnoreCase))
                return new EngineFailure(kind, cut, RetryAfter(cut));
        }
        return new EngineFailure(otherwise, cut, RetryAfter(cut));
    }

    private static TimeSpan? RetryAfter(string text) => RetryAfterText().Match(text) is { Success: true } match
        ? TimeSpan.FromMilliseconds(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"Retry after ([0-9]{1,9}) ?ms", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RetryAfterText();
}
