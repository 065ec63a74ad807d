using Mev.Domain.Feed;

namespace Mev.Grains.Shards;

/// <summary>
/// Tells one market shard which of its pools changed, from one feed pump, without allocating or blocking. It carries no
/// states: who takes a pool copies its newest one, so the latest wins. A pool is queued once however often it changes.
/// Nothing can overflow: a full mailbox is one in which every pool is dirty, and <see cref="Conflated"/> counts the
/// changes that were overtaken unread. One thread posts, one turn at a time takes.
/// </summary>
public sealed class ShardMailbox
{
    private readonly AssembledPool[] _pools;
    private readonly int[] _isQueued; // 0 or 1
    private readonly long[] _arrivedNs;
    private readonly int[] _queue;
    private long _head;
    private long _tail;
    private long _conflated;

    /// <summary>A mailbox for the shard's pools, in the shard's own order.</summary>
    public ShardMailbox(IEnumerable<AssembledPool> pools)
    {
        _pools = [.. pools];
        _isQueued = new int[_pools.Length];
        _arrivedNs = new long[_pools.Length];
        _queue = new int[Math.Max(1, _pools.Length)];
    }

    /// <summary>Changes that were followed by a later one of the same pool before the shard looked.</summary>
    public long Conflated => Volatile.Read(ref _conflated);

    /// <summary>Pools that wait to be taken.</summary>
    public int Depth => (int)(Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    /// <summary>A pool has changed; called by the feed pump only.</summary>
    /// <param name="pool">Index of the pool in this shard.</param>
    /// <param name="arrivedNs">When the update's first byte arrived, nanoseconds since 1970.</param>
    public void Post(int pool, long arrivedNs)
    {
        // A full fence: either the taker sees the change, or it has emptied the flag and the pool is queued again.
        if (Interlocked.Exchange(ref _isQueued[pool], 1) != 0)
        {
            Volatile.Write(ref _conflated, _conflated + 1);
            return;
        }
        _arrivedNs[pool] = arrivedNs;
        _queue[_tail % _queue.Length] = pool;
        Volatile.Write(ref _tail, _tail + 1);
    }

    /// <summary>
    /// Takes the next changed pool: its index, the pool to copy from, and the arrival of the oldest update that the
    /// shard has not seen. False when nothing changed. Called inside the shard's turn only.
    /// </summary>
    public bool TryTake(out int pool, out AssembledPool source, out long arrivedNs)
    {
        if (_head == Volatile.Read(ref _tail))
        {
            (pool, source, arrivedNs) = (-1, null!, 0);
            return false;
        }
        pool = _queue[_head % _queue.Length];
        (source, arrivedNs) = (_pools[pool], _arrivedNs[pool]);
        // In this order: its place is free before it can be queued again, and it can be queued before it is copied.
        Volatile.Write(ref _head, _head + 1);
        Interlocked.Exchange(ref _isQueued[pool], 0);
        return true;
    }
}
