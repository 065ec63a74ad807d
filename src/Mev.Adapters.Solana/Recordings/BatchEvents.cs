using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// Collects the events of one batch after the other: the slot statuses that <see cref="RecordingFeed"/> describes,
/// rising write versions, and the cursor. The buffer is used again for the next batch.
/// </summary>
internal sealed class BatchEvents
{
    private readonly Slot[] _slots = new Slot[RecordingFeed.FinalizedBehind + 1];
    private FeedEvent[] _events = new FeedEvent[64];
    private int _count;
    private int _distinctSlots;
    private ulong _position;

    /// <summary>Slot that was entered last.</summary>
    public Slot Slot { get; private set; }

    /// <summary>Highest write version so far.</summary>
    public ulong WriteVersion { get; private set; }

    /// <summary>The startup values and their end; they are of <paramref name="slot"/>.</summary>
    public FeedBatch Start(IEnumerable<AccountWrite> writes, Slot slot)
    {
        Slot = slot;
        foreach (var write in writes) Add(FeedEvent.Of(write));
        Add(FeedEvent.SnapshotComplete(slot));
        return Take();
    }

    /// <summary>What comes now is of that slot: statuses where it is a new one, then its time.</summary>
    public void Enter(Slot slot, long unixTime)
    {
        if (_distinctSlots == 0 || slot != Slot) AddSlot(slot);
        Add(FeedEvent.TimeIs(slot, unixTime));
    }

    /// <summary>Appends an event.</summary>
    public void Add(in FeedEvent feedEvent)
    {
        if (_count == _events.Length) Array.Resize(ref _events, 2 * _count);
        _events[_count++] = feedEvent;
    }

    /// <summary>Appends a live write, whose write version becomes the next one.</summary>
    public void AddLive(in AccountWrite write) => Add(FeedEvent.Of(write with { WriteVersion = ++WriteVersion }));

    /// <summary>The batch so far, valid until the next event is added.</summary>
    public FeedBatch Take()
    {
        var batch = new FeedBatch(
            new FeedCursor(++_position, Slot, WriteVersion), 0, _events.AsMemory(0, _count));
        _count = 0;
        return batch;
    }

    private void AddSlot(Slot slot)
    {
        Add(FeedEvent.SlotIs(SlotStatus.Processed, slot, Slot));
        Slot = slot;
        _slots[_distinctSlots % _slots.Length] = slot;
        AddOlder(SlotStatus.Confirmed, RecordingFeed.ConfirmedBehind);
        AddOlder(SlotStatus.Finalized, RecordingFeed.FinalizedBehind);
        _distinctSlots++;
    }

    private void AddOlder(SlotStatus status, int behind)
    {
        var index = _distinctSlots - behind;
        if (index < 0) return;
        var isParentHeld = index > 0 && behind < RecordingFeed.FinalizedBehind;
        var parent = isParentHeld ? _slots[(index - 1) % _slots.Length] : default;
        Add(FeedEvent.SlotIs(status, _slots[index % _slots.Length], parent));
    }
}
