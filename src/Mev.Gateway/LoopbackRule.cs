using System.Net;
using Mev.Gateway.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Mev.Gateway;

/// <summary>
/// Where everybody may read, HTTP listens on loopback only, and answers to loopback's own names only: whoever reaches
/// the port may read everything, and a name of somebody's that resolves to loopback reaches it from a browser. Where
/// readers open sessions it may listen elsewhere, with TLS, and answers to its public names too.
/// </summary>
public static class LoopbackRule
{
    private const string Example = "http://127.0.0.1:8080 or http://localhost:8080";

    /// <summary>One message for each configured address that cannot be listened on or is not loopback.</summary>
    public static IReadOnlyList<string> Refusals(IConfiguration configuration) =>
    [
        .. Addresses(configuration).Select(address => Refusal(configuration, address.Key, address.Url))
            .OfType<string>(),
    ];

    /// <summary>HTTP may listen beyond loopback: who reads opens a session.</summary>
    public static bool IsOpen(IConfiguration configuration) =>
        SessionHosting.RuleOf(configuration) == ReaderRule.Sessions;

    /// <summary>The names that a request may call this host by: loopback's, and those that it listens on.</summary>
    public static IEnumerable<string> HostNames(IConfiguration configuration) =>
        Addresses(configuration).Select(address => BindingAddress.Parse(address.Url).Host)
            .Where(host => host is not ("*" or "+")) // every address: no name
            .Concat(["localhost", "127.0.0.1", "[::1]"])
            .Concat(PublicAuthorities(configuration)
                .Select(authority => BindingAddress.Parse($"http://{authority}").Host))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>What signed requests may be addressed to unless it is said: loopback's names, each port.</summary>
    public static IReadOnlyList<string> Authorities(IConfiguration configuration) =>
    [
        .. Addresses(configuration).Select(address => BindingAddress.Parse(address.Url).Port).Distinct()
            .SelectMany(port => HostNames(configuration).Select(name => $"{name.ToLowerInvariant()}:{port}")),
    ];

    /// <summary>Refuses an endpoint however it was configured, before it is bound.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not loopback.</exception>
    public static void Check(ListenOptions endpoint)
    {
        if (endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
            throw new InvalidOperationException(NotLoopback("Urls", address.ToString()));
    }

    private static IEnumerable<(string Key, string Url)> Addresses(IConfiguration configuration)
    {
        var urls = configuration["Urls"]
            ?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls?.DefaultIfEmpty("") ?? []) yield return ("Urls", url);
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            if (endpoint["Url"] is { } url) yield return ($"{endpoint.Path}:Url", url);
    }

    private static string[] PublicAuthorities(IConfiguration configuration) =>
        configuration.GetSection($"{GatewayOptions.Section}:{nameof(GatewayOptions.PublicAuthorities)}")
            .Get<string[]>() ?? [];

    private static string? Refusal(IConfiguration configuration, string key, string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (!IsLoopback(address.Host.Trim('[', ']')))
            {
                if (!IsOpen(configuration)) return NotLoopback(key, url);
                if (address.Scheme != "https" && !IsBehindTls(configuration)) return NotEncrypted(key, url);
            }
            var isListenable = address.Scheme is "http" or "https" && address.PathBase.Length == 0
                && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort;
            return isListenable ? null : NoAddress(key, url);
        }
        catch (FormatException)
        {
            return NoAddress(key, url);
        }
    }

    private static bool IsBehindTls(IConfiguration configuration) =>
        configuration.GetSection(GatewayOptions.Section).GetValue(nameof(GatewayOptions.IsBehindTls), false);

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static string NotLoopback(string key, string url) =>
        $"{key} '{url}' is not loopback, and everybody who reaches the port could read everything. Use {Example}, or "
        + "have readers open sessions: Gateway:Readers Sessions.";

    private static string NotEncrypted(string key, string url) =>
        $"{key} '{url}' would carry the tokens of readers in the clear. Use https with a certificate "
        + "(Kestrel:Certificates:Default), or say that TLS ends at a proxy before it: Gateway:IsBehindTls true.";

    private static string NoAddress(string key, string url) =>
        $"{key} '{url}' is no address to listen on: scheme, host and a port from 0 to {IPEndPoint.MaxPort}, as in "
        + $"{Example}.";
}
