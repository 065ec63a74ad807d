using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Probes;

/// <summary>What one endpoint answers.</summary>
public sealed record EndpointProbe
{
    /// <summary>What it is: the stream, the node, a region with its protocol.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is, as people may see it (<see cref="Endpoints.Shown"/>).</summary>
    public required string Address { get; init; }

    /// <summary>Software and version as it tells them; empty where it tells none.</summary>
    public string Version { get; init; } = "";

    /// <summary>Its slot; null where it tells none.</summary>
    public Slot? Slot { get; init; }

    /// <summary>The slot of another endpoint at that moment; null where none was to be had.</summary>
    public Slot? Reference { get; init; }

    /// <summary>One request and its answer over a connection that was there; null without an answer.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Its tip accounts are the derived ones; null where it has none to tell.</summary>
    public bool? HasDerivedTipAccounts { get; init; }

    /// <summary>Why it does not answer, without any secret; empty when it does.</summary>
    public string Failure { get; init; } = "";

    /// <summary>It answers.</summary>
    public bool Answers => Failure.Length == 0;

    /// <summary>Slots behind the reference, 0 for none; null where either is not known.</summary>
    public ulong? LagSlots => (Slot, Reference) is ({ } own, { } other)
        ? other.Value - Math.Min(own.Value, other.Value)
        : null;
}
