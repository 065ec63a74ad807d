using Mev.Domain.Pools;
using Orleans;

namespace Mev.Domain.Cycles;

/// <summary>One swap of a cycle.</summary>
[GenerateSerializer, Immutable, Alias("mev.hop")]
public readonly record struct Hop([property: Id(0)] PoolId Pool, [property: Id(1)] SwapDirection Direction);
