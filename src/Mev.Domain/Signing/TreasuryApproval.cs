using Orleans;

namespace Mev.Domain.Signing;

/// <summary>Somebody's word for an order of the treasury.</summary>
/// <param name="Principal">Who: the same person with another key is the same principal.</param>
/// <param name="Role">In which role.</param>
[GenerateSerializer, Immutable, Alias("mev.treasury-approval")]
public readonly record struct TreasuryApproval(
    [property: Id(0)] string Principal, [property: Id(1)] TreasuryRole Role);
