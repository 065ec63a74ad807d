using System.Collections.Frozen;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Landing;

/// <summary>What decides who took a chance of ours.</summary>
public sealed record AttributionTerms
{
    /// <summary>Slot of the transaction that made the chance.</summary>
    public required Slot TriggerSlot { get; init; }

    /// <summary>Its place in that slot; what landed before it took nothing from us.</summary>
    public required ulong TriggerIndex { get; init; }

    /// <summary>Addresses of the pools of our cycle.</summary>
    public required FrozenSet<Pubkey> Pools { get; init; }

    /// <summary>Our tip.</summary>
    public required Lamports Tip { get; init; }

    /// <summary>Compute units that our bundle asks for.</summary>
    public required uint Units { get; init; }

    /// <summary>First slot in which ours could have landed: who landed before was faster, whatever they paid.</summary>
    public required Slot FirstReachable { get; init; }

    /// <summary>
    /// What our cycle would have earned, before the tip, right after a landed transaction; null where that state is not
    /// known, and then nobody is attributed from there on.
    /// </summary>
    public required Func<ObservedTransaction, Lamports?> ProfitAfter { get; init; }
}
