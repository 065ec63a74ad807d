using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Jito.Landing;

/// <summary>
/// Copies of pools as the feed has them now, in the order of their ids and of one moment, with the chain's time; null
/// when the feed is not sure of one. Called from any thread.
/// </summary>
public delegate (ImmutableArray<Pool> Pools, ChainClock Clock)? NewestMarket(IEnumerable<PoolId> pools);
