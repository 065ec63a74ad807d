using System.Collections.Frozen;

namespace Mev.Control.Commands;

/// <summary>The paths that take signed commands. Everything else only reads.</summary>
public static class CommandEndpoints
{
    /// <summary>Every command but those with a path of their own.</summary>
    public const string Commands = "/v1/commands";

    /// <summary>The emergency stop.</summary>
    public const string Stop = "/v1/stop";

    /// <summary>The first start of a cluster.</summary>
    public const string Genesis = "/v1/genesis";

    /// <summary>Sessions of operators.</summary>
    public const string Sessions = "/v1/sessions";

    /// <summary>Tickets that open a stream.</summary>
    public const string StreamTickets = "/v1/stream/tickets";

    /// <summary>All of them.</summary>
    public static FrozenSet<string> All { get; } =
        new[] { Commands, Stop, Genesis, Sessions, StreamTickets }.ToFrozenSet();
}
