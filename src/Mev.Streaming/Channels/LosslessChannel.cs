using Mev.Contracts.V1.Streams;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Channels;

/// <summary>
/// A channel that loses nothing: its numbers are those of a durable log, and what lies here in memory, a ring of the
/// newest, is only the end of that log. A reader further back reads the log itself, so it goes over from one to the
/// other without a hole. Publishing never waits for a reader, and no reader has a queue of its own: what one has yet to
/// get is what the ring has beyond its place. Called from any thread.
/// </summary>
public sealed class LosslessChannel : StreamChannel
{
    /// <summary>Numbers in the ring at most.</summary>
    public const int RingNumbersMax = 65_536;

    /// <summary>Bytes of messages in the ring at most; more than a reader may be behind.</summary>
    public const long RingBytesMax = 16L << 20;

    /// <summary>How long a number stays in the ring at most.</summary>
    public static readonly TimeSpan RingTimeMax = TimeSpan.FromSeconds(30);

    private const int RingNumbersLeast = 256;

    private readonly Lock _gate = new();
    private Slot[] _ring = new Slot[RingNumbersLeast];
    private ulong _floor;
    private ulong _next;
    private long _bytes; // ever published
    private long _bytesBeforeFloor;

    /// <summary>A channel whose ring begins, empty, at a number of the log.</summary>
    /// <param name="name">What clients subscribe to.</param>
    /// <param name="epoch">Which log.</param>
    /// <param name="next">The number that is published first.</param>
    /// <param name="log">What came before it.</param>
    /// <param name="hasFacts">Its messages are of decisions, so filters of them hold here.</param>
    public LosslessChannel(
        string name, ReadOnlyMemory<byte> epoch, ulong next, IChannelLog log, bool hasFacts = false)
        : base(name, epoch) => (_floor, _next, Log, HasFacts) = (next, next, log, hasFacts);

    /// <inheritdoc/>
    public override Class Class => Class.Lossless;

    /// <summary>The number that comes next.</summary>
    public ulong Next
    {
        get
        {
            lock (_gate) return _next;
        }
    }

    internal IChannelLog Log { get; }

    internal bool HasFacts { get; }

    /// <summary>Publishes consecutive numbers from <see cref="Next"/> on, a null for each without a message.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="nowMs">Now, milliseconds of a monotonic clock.</param>
    public void Publish(IReadOnlyList<StreamMessage?> messages, long nowMs)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                if (_next - _floor == (ulong)_ring.Length) MakePlace();
                _ring[Index(_next++)] = new Slot(message, _bytes, nowMs);
                _bytes += message?.Body.Length ?? 0;
            }
            while (_floor < _next && (_bytes - _bytesBeforeFloor > RingBytesMax || IsOver(_ring[Index(_floor)], nowMs)))
                Drop();
        }
    }

    /// <summary>Lets go of what is older than the ring's time.</summary>
    public void Trim(long nowMs) => Publish([], nowMs);

    /// <summary>Takes out messages from a number on; -1 when the ring no longer has it.</summary>
    internal int Read(ulong from, Span<StreamMessage?> into)
    {
        lock (_gate)
        {
            if (from < _floor) return -1;
            if (from >= _next) return 0;
            var count = (int)Math.Min(_next - from, (ulong)into.Length);
            for (var i = 0; i < count; i++) into[i] = _ring[Index(from + (ulong)i)].Message;
            return count;
        }
    }

    /// <summary>What lies between a number and the end; bytes of what the ring no longer has left out.</summary>
    internal (ulong Numbers, long Bytes) Behind(ulong from)
    {
        lock (_gate)
        {
            if (from >= _next) return (0, 0);
            var before = from <= _floor ? _bytesBeforeFloor : _ring[Index(from)].BytesBefore;
            return (_next - from, _bytes - before);
        }
    }

    internal override Subscription? Subscribe(Subscribe request, out Subscribed answer, out string error) =>
        LosslessSubscription.Begin(this, request, out answer, out error);

    private int Index(ulong number) => (int)(number & (ulong)(_ring.Length - 1));

    private static bool IsOver(in Slot slot, long nowMs) => nowMs - slot.AtMs > RingTimeMax.TotalMilliseconds;

    private void MakePlace()
    {
        if (_ring.Length == RingNumbersMax)
        {
            Drop();
            return;
        }
        var larger = new Slot[_ring.Length * 2];
        for (var number = _floor; number < _next; number++)
            larger[(int)(number & (ulong)(larger.Length - 1))] = _ring[Index(number)];
        _ring = larger;
    }

    private void Drop()
    {
        ref var slot = ref _ring[Index(_floor++)];
        _bytesBeforeFloor = slot.BytesBefore + (slot.Message?.Body.Length ?? 0);
        slot = default;
    }

    private readonly record struct Slot(StreamMessage? Message, long BytesBefore, long AtMs);
}
