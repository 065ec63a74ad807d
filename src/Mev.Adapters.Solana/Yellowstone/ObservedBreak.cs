using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// What was told of slots from one on does not hold, because they were given up, or may lack something, because the
/// stream broke or its reader did not keep up.
/// </summary>
/// <param name="From">The first such slot; 0 for all.</param>
public sealed record ObservedBreak(Slot From) : Observation;
