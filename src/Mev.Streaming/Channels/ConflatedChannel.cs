using Mev.Contracts.V1.Streams;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Channels;

/// <summary>
/// A channel of states: the newest value of each key counts. It holds one message for each key, in the order of their
/// numbers, and that is the queue of every reader: what one has yet to get are the messages with higher numbers than
/// its last. So a reader that does not keep up costs nothing and gets the newest. Called from any thread.
/// </summary>
public sealed class ConflatedChannel : StreamChannel
{
    /// <summary>Keys at most; a further one is left out.</summary>
    public const int KeysMax = 131_072;

    /// <summary>Bytes of a value with its key at most; a longer one is left out.</summary>
    public const int EntryBytesMax = 32 * 1024;

    /// <summary>Keys taken away that are known; a reader that missed an older one begins anew.</summary>
    public const int RemovedMax = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, LinkedListNode<StreamMessage>> _nodes = new(KeyOrder.Bytes);
    private readonly LinkedList<StreamMessage> _order = [];
    private ulong _last;
    private ulong _floor;
    private int _removed;
    private long _leftOut;
    private StateCheck _checked = StateCheck.OfNothing;

    /// <summary>An empty channel.</summary>
    /// <param name="name">What clients subscribe to.</param>
    /// <param name="epoch">Of this publisher's life.</param>
    public ConflatedChannel(string name, ReadOnlyMemory<byte> epoch)
        : base(name, epoch)
    {
    }

    /// <inheritdoc/>
    public override Class Class => Class.Conflated;

    /// <summary>The number of the newest message; 0 before the first.</summary>
    public ulong Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>Values that found no place or were too long.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    /// <summary>Whoever goes on from a lower number would not be told of all keys that are there no more.</summary>
    internal ulong Floor
    {
        get
        {
            lock (_gate) return _floor;
        }
    }

    /// <summary>Sets the value of a key; false when it is that already, or is left out.</summary>
    public bool Publish(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        lock (_gate)
        {
            var name = key.ToArray();
            var isKnown = _nodes.TryGetValue(name, out var node);
            if (node is { Value: { IsRemoved: false } old } && old.Value.Span.SequenceEqual(value)) return false;
            if (key.Length + value.Length > EntryBytesMax || (!isKnown && _nodes.Count - _removed >= KeysMax))
            {
                Interlocked.Increment(ref _leftOut);
                return false;
            }
            Put(node, StreamMessage.Of(++_last, key, value));
            return true;
        }
    }

    /// <summary>Takes a key away; false when it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key.ToArray(), out var node) || node.Value.IsRemoved) return false;
            Put(node, StreamMessage.Removed(++_last, key));
            if (_removed > RemovedMax) ForgetRemoved();
            return true;
        }
    }

    /// <summary>
    /// The messages after a number, in order; how many there are, or -1 where a key that was taken away after it is
    /// known no more: the reader begins anew.
    /// </summary>
    internal int Read(ulong after, Span<StreamMessage?> into)
    {
        lock (_gate)
        {
            if (after < _floor) return -1;
            var node = _order.Last;
            if (node is null || node.Value.Seq <= after) return 0;
            while (node?.Previous is { } before && before.Value.Seq > after) node = before;
            var count = 0;
            for (; node is not null && count < into.Length; node = node.Next) into[count++] = node.Value;
            return count;
        }
    }

    /// <summary>All keys with their values, and the number up to which they tell everything.</summary>
    internal StreamMessage[] Snapshot(out ulong seq)
    {
        lock (_gate)
        {
            seq = _last;
            return [.. _order.Where(message => !message.IsRemoved)];
        }
    }

    /// <summary>The check of the state as it is; reckoned once for all readers.</summary>
    internal StateCheck Check()
    {
        if (Volatile.Read(ref _checked) is { } known && known.Seq == Last) return known;
        var state = Snapshot(out var seq);
        var check = StateCheck.Of(seq, state);
        Volatile.Write(ref _checked, check);
        return check;
    }

    internal override Subscription Subscribe(Subscribe request, out Subscribed answer, out string error)
    {
        error = "";
        return ConflatedSubscription.Begin(this, request, out answer);
    }

    private void Put(LinkedListNode<StreamMessage>? node, StreamMessage message)
    {
        if (node is null)
        {
            node = new LinkedListNode<StreamMessage>(message);
        }
        else
        {
            _nodes.Remove(node.Value.Key); // its bytes go with the old message
            _removed -= node.Value.IsRemoved ? 1 : 0;
            _order.Remove(node);
            node.Value = message;
        }
        _removed += message.IsRemoved ? 1 : 0;
        _nodes[message.Key] = node;
        _order.AddLast(node);
    }

    private void ForgetRemoved()
    {
        var node = _order.First;
        while (node is { Value.IsRemoved: false }) node = node.Next;
        if (node is null) return;
        _floor = node.Value.Seq;
        _removed--;
        _nodes.Remove(node.Value.Key);
        _order.Remove(node);
    }
}
