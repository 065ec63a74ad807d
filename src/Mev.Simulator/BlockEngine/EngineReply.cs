using System.Text.Json;

namespace Mev.Simulator.BlockEngine;

/// <summary>The answer of a method.</summary>
/// <param name="Write">Writes the result.</param>
internal sealed record EngineReply(Action<Utf8JsonWriter> Write)
{
    /// <summary>The bundle that was sent; null for other methods.</summary>
    public EngineBundle? Bundle { get; init; }

    /// <summary>Its id is told in a header.</summary>
    public bool TellsIdInHeader { get; init; }
}
