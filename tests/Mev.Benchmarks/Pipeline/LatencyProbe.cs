using HdrHistogram;
using Mev.Journal.Audit;

namespace Mev.Benchmarks.Pipeline;

/// <summary>
/// Latencies from the intended arrival: the feed notes each batch, a finished drain tells how far it went, and the
/// journal tells when decisions were made and durable. Every update counts, also one that was conflated away.
/// </summary>
internal sealed class LatencyProbe(TimeProvider time)
{
    private const int RingSize = 1 << 18;
    private const long HighestNs = 60_000_000_000;

    private readonly (ulong Position, long ArrivedNs, int Updates)[] _ring = new (ulong, long, int)[RingSize];
    private readonly Lock _gate = new();
    private LongHistogram _evaluated = Empty();
    private LongHistogram _decided = Empty();
    private LongHistogram _durable = Empty();
    private long _head;
    private long _tail;

    /// <summary>Updates that were not noted: the ring was full.</summary>
    public long Lost { get; private set; }

    /// <summary>Batches that were not evaluated yet.</summary>
    public long Waiting => Volatile.Read(ref _tail) - Volatile.Read(ref _head);

    /// <summary>Age of the oldest of them, nanoseconds.</summary>
    public long OldestNs
    {
        get
        {
            var head = Volatile.Read(ref _head);
            return head < Volatile.Read(ref _tail) ? time.UnixNs() - _ring[head % RingSize].ArrivedNs : 0;
        }
    }

    /// <summary>The feed hands a batch out. Its thread only.</summary>
    public void Arrived(ulong position, long arrivedNs, int updates)
    {
        if (_tail - Volatile.Read(ref _head) >= RingSize)
        {
            Lost += updates;
            return;
        }
        _ring[_tail % RingSize] = (position, arrivedNs, updates);
        Volatile.Write(ref _tail, _tail + 1);
    }

    /// <summary>A drain that took in everything up to a batch has ended.</summary>
    public void Evaluated(ulong position)
    {
        var now = time.UnixNs();
        lock (_gate)
        {
            for (; _head < Volatile.Read(ref _tail); Volatile.Write(ref _head, _head + 1))
            {
                ref readonly var batch = ref _ring[_head % RingSize];
                if (batch.Position > position) return;
                Record(_evaluated, now - batch.ArrivedNs, batch.Updates);
            }
        }
    }

    /// <summary>Decisions of one append: from first byte to chosen, and to durable.</summary>
    public void Durable(long decidedNs, long durableNs, int decisions)
    {
        lock (_gate)
        {
            Record(_decided, decidedNs, decisions);
            Record(_durable, durableNs, decisions);
        }
    }

    /// <summary>Hands the histograms out and begins anew.</summary>
    public (LongHistogram Evaluated, LongHistogram Decided, LongHistogram Durable) Take()
    {
        lock (_gate)
        {
            var taken = (_evaluated, _decided, _durable);
            (_evaluated, _decided, _durable) = (Empty(), Empty(), Empty());
            return taken;
        }
    }

    private static void Record(LongHistogram histogram, long nanoseconds, int count) =>
        histogram.RecordValueWithCount(Math.Clamp(nanoseconds, 1, HighestNs), count);

    private static LongHistogram Empty() => new(HighestNs, 3);
}
