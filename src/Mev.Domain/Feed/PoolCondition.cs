namespace Mev.Domain.Feed;

/// <summary>
/// Why a pool may not be quoted although its bytes may be sound: what the feed does not know of it at the moment.
/// Only <see cref="None"/> may be quoted. What is wrong with the bytes themselves is the pool's own
/// <see cref="Pools.Pool.Defect"/>.
/// </summary>
[Flags]
public enum PoolCondition : byte
{
    /// <summary>The feed is sure of it.</summary>
    None = 0,

    /// <summary>A transaction that writes it is open: part of its accounts may be of before, part of after.</summary>
    Torn = 1,

    /// <summary>No slot status was seen for too long, or old slots are told: the chain has moved on.</summary>
    Stale = 2,

    /// <summary>The stream broke, and not all of its accounts were sent again in a complete snapshot since.</summary>
    Gapped = 4,

    /// <summary>Accounts of it may not have arrived: the snapshot is not complete, or a part was lost.</summary>
    Incomplete = 8,

    /// <summary>Its pool account does not exist (closed, or its creation was rolled back).</summary>
    Closed = 16,
}
