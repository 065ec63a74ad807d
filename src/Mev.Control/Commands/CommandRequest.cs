using System.Collections.Immutable;
using Mev.Control.Signatures;

namespace Mev.Control.Commands;

/// <summary>What arrived at a command endpoint. Nothing of it is trusted.</summary>
public sealed record CommandRequest
{
    /// <summary>Bytes of a body at most.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>The method as sent.</summary>
    public required string Method { get; init; }

    /// <summary>The value of <c>Host</c> or <c>:authority</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Path and query as they stood on the wire, not decoded.</summary>
    public required string Target { get; init; }

    /// <summary>Every line of the header, each as received.</summary>
    public required ImmutableArray<HeaderLine> Headers { get; init; }

    /// <summary>The body's bytes as received; a reader stops one byte beyond the bound.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
