using Mev.Domain.Limits;

namespace Mev.Adapters.Kafka;

/// <summary>What was appended and is not acknowledged: bounded in number and bytes, its oldest known.</summary>
internal sealed class AppendsUnderWay(int appendsMax, long bytesMax, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<long> _started = new();
    private long _bytes;
    private long _refusals;

    /// <summary>Age of the oldest; 0 when there is none.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (_gate) return _started.First is { } oldest ? time.GetElapsedTime(oldest.Value) : TimeSpan.Zero;
        }
    }

    /// <summary>Takes a place; null when there is none.</summary>
    public LinkedListNode<long>? Enter(long bytes)
    {
        lock (_gate)
        {
            if (_started.Count >= appendsMax || (_bytes > 0 && _bytes + bytes > bytesMax))
            {
                _refusals++;
                return null;
            }
            _bytes += bytes;
            return _started.AddLast(time.GetTimestamp());
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(LinkedListNode<long> place, long bytes)
    {
        lock (_gate)
        {
            _started.Remove(place);
            _bytes -= bytes;
        }
    }

    /// <summary>The bound and how often it was met.</summary>
    public LimitCount Limit()
    {
        lock (_gate) return new LimitCount("journal.kafka-appends", appendsMax, AtLimit.Refuse, _refusals);
    }
}
