using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Collects the events of one batch after the other, with the cursor; the buffer is used again.</summary>
/// <param name="firstPosition">
/// Position of the first batch. A live feed does not begin anew: a later run has to begin above every earlier one.
/// </param>
internal sealed class EventBatch(ulong firstPosition)
{
    private FeedEvent[] _events = new FeedEvent[1_024];
    private ulong _position = firstPosition;
    private ulong _writeVersion;
    private int _count;

    /// <summary>Highest slot so far.</summary>
    public Slot Slot { get; private set; }

    /// <summary>Events collected.</summary>
    public int Count => _count;

    /// <summary>Begins the next batch.</summary>
    public void Clear() => _count = 0;

    /// <summary>Appends an event.</summary>
    public void Add(in FeedEvent item)
    {
        if (_count == _events.Length) Array.Resize(ref _events, 2 * _count);
        _events[_count++] = item;
        if (item.Kind == FeedEventKind.ChainHead) return; // nothing of that slot has come
        if (item.Slot > Slot) (Slot, _writeVersion) = (item.Slot, 0);
        if (item.Slot == Slot) _writeVersion = Math.Max(_writeVersion, item.Write.WriteVersion);
    }

    /// <summary>The batch, valid until the next one is begun.</summary>
    public FeedBatch Take(long arrivedNs) =>
        new(new FeedCursor(_position++, Slot, _writeVersion), arrivedNs, _events.AsMemory(0, _count));
}
