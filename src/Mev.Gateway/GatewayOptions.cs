using System.ComponentModel.DataAnnotations;
using Mev.Gateway.Sessions;
using Microsoft.Extensions.Options;

namespace Mev.Gateway;

/// <summary>Section <c>Gateway</c>: what the HTTP interface takes.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>
    /// Who may read: <c>Everybody</c> who reaches the port, which is loopback's then, or whoever opened one of the
    /// <c>Sessions</c>. Default Everybody.
    /// </summary>
    [AllowedValues(ReaderRule.Everybody, ReaderRule.Sessions)]
    public ReaderRule Readers { get; init; } = ReaderRule.Everybody;

    /// <summary>
    /// TLS ends before this host, at a proxy that alone reaches it: with <c>Sessions</c>, HTTP may listen beyond
    /// loopback without a certificate. Default false.
    /// </summary>
    public bool IsBehindTls { get; init; }

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
