using Mev.Domain.Chain;
using Orleans;

namespace Mev.Domain.Opportunities;

/// <summary>
/// Names what can be taken, not who takes it: derived from the slot, the cycle and the bytes of the accounts used, so
/// two strategies, shards or silos that see the same chance name it alike and only one bundle can leave.
/// </summary>
[GenerateSerializer, Immutable, Alias("mev.opportunity-id")]
public readonly record struct OpportunityId([property: Id(0)] Digest Value) : IComparable<OpportunityId>
{
    /// <inheritdoc/>
    public int CompareTo(OpportunityId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
