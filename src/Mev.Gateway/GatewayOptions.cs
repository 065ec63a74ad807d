using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mev.Gateway;

/// <summary>Section <c>Gateway</c>: what the HTTP interface takes.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>
    /// Hosts that signed commands of this cluster are addressed to, in lower case, as in gw.example or 127.0.0.1:8080.
    /// Default none: loopback's names with the ports that HTTP listens on.
    /// </summary>
    [MaxLength(16)]
    public IReadOnlyList<string> PublicAuthorities { get; init; } = [];

    /// <summary>Commands of one address that are taken in a second; more are refused. Default 50.</summary>
    [Range(1, 10_000)]
    public int CommandsPerSecond { get; init; } = 50;

    /// <summary>Commands of one address that may come at once, saved up while fewer came. Default 200.</summary>
    [Range(1, 100_000)]
    public int CommandsBurst { get; init; } = 200;

    /// <summary>Witnesses whose cosignatures are shown beside the checkpoints of the audit. Default none.</summary>
    [ValidateEnumeratedItems]
    [MaxLength(8)]
    public IReadOnlyList<WitnessOptions> Witnesses { get; init; } = [];
}
