using Mev.Domain.Chain;

namespace Mev.Domain.Signing;

/// <summary>A swap of a wallet of ours.</summary>
/// <param name="Trade">Pool and direction.</param>
/// <param name="LandedIn">The slot in which it landed; none while it is in flight.</param>
public readonly record struct OwnTrade(PoolTrade Trade, Slot? LandedIn);
