using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>
/// Says of an account whose bytes name their pool (a tick array) which pool that is; false for every other account.
/// Never throws on hostile bytes.
/// </summary>
public delegate bool PoolOfAccount(in AccountWrite write, out PoolId pool);
