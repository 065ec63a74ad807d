using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Limits;

/// <summary>Failures of one cycle in a row.</summary>
/// <param name="Cycle">Its name (<see cref="Cycles.CycleHash"/>).</param>
/// <param name="Cause">What all of them have in common.</param>
/// <param name="Count">How many, above 0.</param>
/// <param name="LastIn">The chain's slot when the last one was told.</param>
[GenerateSerializer, Immutable, Alias("mev.cycle-failures")]
public readonly record struct CycleFailures(
    [property: Id(0)] Digest Cycle,
    [property: Id(1)] OutcomeCause Cause,
    [property: Id(2)] int Count,
    [property: Id(3)] Slot LastIn);
