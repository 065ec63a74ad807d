using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Grains.Shards;

/// <summary>
/// Carries pool states from one feed pump to one market shard without allocating or blocking. Each pool has three
/// buffers (one being filled, one published, one held by the shard), so the latest state wins and neither side waits.
/// A pool is queued once however often it changes. Nothing can overflow: a full mailbox is one in which every pool is
/// dirty, and <see cref="Conflated"/> counts the states that were replaced unread.
/// One thread posts, one turn at a time takes.
/// </summary>
public sealed class ShardMailbox
{
    private const int Fresh = 4; // beside the buffer index 0 to 2 in a cell's state word

    private readonly Cell[] _cells;
    private readonly int[] _queue;
    private long _head;
    private long _tail;
    private long _conflated;

    /// <summary>
    /// A mailbox for the shard's pools, in the shard's own order; the pools give kind and identity only.
    /// </summary>
    public ShardMailbox(IReadOnlyList<Pool> pools)
    {
        _cells = new Cell[pools.Count];
        for (var i = 0; i < _cells.Length; i++) _cells[i] = new Cell(pools[i]);
        _queue = new int[Math.Max(1, pools.Count)];
    }

    /// <summary>States that were replaced by a later one before the shard took them.</summary>
    public long Conflated => Volatile.Read(ref _conflated);

    /// <summary>Pools that wait to be taken.</summary>
    public int Depth => (int)(Volatile.Read(ref _tail) - Volatile.Read(ref _head));

    /// <summary>Publishes a pool's newest state, copied; called by the feed pump only.</summary>
    /// <param name="pool">Index of the pool in this shard.</param>
    /// <param name="source">Its state; not kept.</param>
    /// <param name="condition">Whether it may be quoted.</param>
    /// <param name="arrivedNs">When the update's first byte arrived, nanoseconds since 1970.</param>
    public void Post(int pool, Pool source, PoolCondition condition, long arrivedNs)
    {
        var cell = _cells[pool];
        var isUnread = (Volatile.Read(ref cell.Published) & Fresh) != 0;
        var buffer = cell.Buffers[cell.Spare];
        buffer.Pool.CopyFrom(source);
        buffer.Condition = condition;
        buffer.ArrivedNs = isUnread ? cell.PendingSinceNs : arrivedNs;
        if (!isUnread) cell.PendingSinceNs = arrivedNs;
        var replaced = Interlocked.Exchange(ref cell.Published, cell.Spare | Fresh);
        cell.Spare = replaced & ~Fresh;
        if ((replaced & Fresh) != 0) Volatile.Write(ref _conflated, _conflated + 1);
        if (Interlocked.Exchange(ref cell.Queued, 1) == 0)
        {
            _queue[_tail % _queue.Length] = pool;
            Volatile.Write(ref _tail, _tail + 1);
        }
    }

    /// <summary>
    /// Takes the next changed pool: its index, and the state that from now on belongs to the shard until it takes the
    /// same pool again. False when nothing changed. Called inside the shard's turn only.
    /// </summary>
    public bool TryTake(out int pool, out ShardPoolState state)
    {
        while (_head < Volatile.Read(ref _tail))
        {
            pool = _queue[_head % _queue.Length];
            Volatile.Write(ref _head, _head + 1);
            var cell = _cells[pool];
            Interlocked.Exchange(ref cell.Queued, 0); // before the look, so a later post queues it again
            if ((Volatile.Read(ref cell.Published) & Fresh) == 0) continue;
            cell.Held = Interlocked.Exchange(ref cell.Published, cell.Held) & ~Fresh;
            state = cell.Buffers[cell.Held];
            return true;
        }
        (pool, state) = (-1, null!);
        return false;
    }

    private sealed class Cell(Pool pool)
    {
        public readonly ShardPoolState[] Buffers = [new(pool.NewEmpty()), new(pool.NewEmpty()), new(pool.NewEmpty())];
        public int Spare; // the pump's
        public int Published = 1;
        public int Held = 2; // the shard's
        public int Queued;
        public long PendingSinceNs; // the pump's
    }
}
