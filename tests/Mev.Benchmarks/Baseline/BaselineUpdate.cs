using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Benchmarks.Baseline;

/// <summary>One transaction's writes to a pool.</summary>
internal sealed record BaselineUpdate(AccountWrite[] Writes, ChainClock Clock, long ArrivedNs);

/// <summary>A pool's state after an update; the pool grain leaves it alone until the strategy has answered.</summary>
internal sealed record BaselineState(Pool Pool, PoolCondition Condition, ChainClock Clock, long ArrivedNs);
