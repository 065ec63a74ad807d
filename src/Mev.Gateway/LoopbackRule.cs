using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Mev.Gateway;

/// <summary>
/// As long as there are no roles, HTTP listens on loopback only: whoever reaches the port may read everything.
/// </summary>
public static class LoopbackRule
{
    /// <summary>The configured addresses that are not loopback.</summary>
    public static IReadOnlyList<string> Offenders(IConfiguration configuration)
    {
        var urls = (configuration["Urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"]).OfType<string>();
        return [.. urls.Concat(endpoints).Where(url => !IsLoopback(url))];
    }

    /// <summary>The message for whoever configured them.</summary>
    public static string Refusal(IReadOnlyList<string> offenders) =>
        $"Urls: {string.Join(", ", offenders)} is not loopback, and there are no roles yet: everybody who reaches the "
        + "port could read everything. Use http://127.0.0.1:8080 or http://localhost:8080, and a tunnel from outside.";

    /// <summary>Refuses an endpoint however it was configured, before it is bound.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not loopback.</exception>
    public static void Check(ListenOptions endpoint)
    {
        if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
            throw new InvalidOperationException(Refusal([address.ToString()]));
    }

    private static bool IsLoopback(string url)
    {
        try
        {
            var host = BindingAddress.Parse(url).Host.Trim('[', ']');
            var isName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
            return isName || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
