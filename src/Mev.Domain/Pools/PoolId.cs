using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Pools;

/// <summary>A pool's identity: the address of its pool account.</summary>
[GenerateSerializer, Immutable, Alias("mev.pool-id")]
public readonly record struct PoolId([property: Id(0)] Pubkey Address) : IComparable<PoolId>
{
    /// <inheritdoc/>
    public int CompareTo(PoolId other) => Address.CompareTo(other.Address);

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
