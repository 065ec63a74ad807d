using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Mev.Gateway.Sessions;

/// <summary>The secret that a request brings along (RFC 6750).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer";

    /// <summary>The secret of a request; empty where it has none.</summary>
    public static string Of(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var header)
            && header.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? ""
            : "";
}
