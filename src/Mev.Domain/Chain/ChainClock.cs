using Orleans;

namespace Mev.Domain.Chain;

/// <summary>
/// The chain's own time as its clock sysvar tells it: an input of every quote, never read from the machine.
/// </summary>
/// <param name="Slot">Slot in which the swap would execute.</param>
/// <param name="UnixTime">Seconds since 1970 by the chain's clock, 0 when not known.</param>
[GenerateSerializer, Immutable, Alias("mev.chain-clock")]
public readonly record struct ChainClock([property: Id(0)] Slot Slot, [property: Id(1)] long UnixTime)
{
    /// <summary>Slots in an epoch on mainnet.</summary>
    public const ulong SlotsPerEpoch = 432_000;

    /// <summary>The epoch of the slot (mainnet without warm-up epochs).</summary>
    public ulong Epoch => Slot.Value / SlotsPerEpoch;
}
