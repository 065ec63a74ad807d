using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>
/// Slots that were told to be dead and those that build upon them, whose writes the reader of the feed throws away. A
/// node may come to a slot after all, by a copy of its block that it repaired.
/// </summary>
internal sealed class DeadSlots
{
    /// <summary>Slots remembered; beyond, the longest known is forgotten, as the feed's reader does.</summary>
    public const int SlotsMax = 4_096;

    private readonly HashSet<Slot> _dead = [];
    private readonly Queue<Slot> _order = new();

    /// <summary>
    /// Takes a slot's status; false when it confirms a dead one: then its writes are missing, and every slot counts as
    /// alive again.
    /// </summary>
    public bool Take(in FeedEvent status)
    {
        var isUponDead = status.Status == SlotStatus.Processed && _dead.Contains(status.Parent);
        if (isUponDead || status.Status == SlotStatus.Dead)
        {
            if (_dead.Add(status.Slot)) _order.Enqueue(status.Slot);
            if (_order.Count > SlotsMax) _dead.Remove(_order.Dequeue());
            return true;
        }
        var isConfirmed = status.Status is SlotStatus.Confirmed or SlotStatus.Finalized;
        if (!isConfirmed || !_dead.Contains(status.Slot)) return true;
        _dead.Clear();
        _order.Clear();
        return false;
    }
}
