using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Wire;

/// <summary>What the engine says of a bundle of the last minutes: a hint, never evidence.</summary>
internal sealed record InflightStatus(BundleId Id, InflightState State, Slot? LandedSlot);
