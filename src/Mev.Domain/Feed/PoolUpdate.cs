using Mev.Domain.Pools;

namespace Mev.Domain.Feed;

/// <summary>A pool whose bytes or condition changed.</summary>
/// <param name="Pool">
/// The assembler's own object: valid until the next event is taken, so whoever keeps it copies it with
/// <see cref="Pools.Pool.CopyFrom"/>. While the pool is torn it holds the state before the open transaction.
/// </param>
/// <param name="Condition">What the feed does not know of it.</param>
public readonly record struct PoolUpdate(Pool Pool, PoolCondition Condition)
{
    /// <summary>It may be quoted: the feed is sure of it and its bytes are sound.</summary>
    public bool IsQuotable => Condition == PoolCondition.None && Pool.Defect == PoolDefect.None;
}
