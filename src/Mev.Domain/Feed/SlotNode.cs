using Mev.Domain.Chain;

namespace Mev.Domain.Feed;

/// <summary>One slot above the finalized one.</summary>
internal sealed class SlotNode
{
    public Slot Slot { get; private set; }

    /// <summary>Its parent; 0 when not told.</summary>
    public Slot Parent { get; set; }

    /// <summary>The chain's time in it; null when not told.</summary>
    public long? UnixTime { get; set; }

    /// <summary>Mark of the walk along a confirmed chain.</summary>
    public bool IsOnChain { get; set; }

    /// <summary>Accounts that have a live value of this slot.</summary>
    public List<AccountHistory> Touched { get; } = [];

    /// <summary>Accounts that were closed in this slot and are a pool's own.</summary>
    public List<AccountHistory> Closed { get; } = [];

    /// <summary>Makes it the node of another slot.</summary>
    public void Reset(Slot slot)
    {
        (Slot, Parent, UnixTime, IsOnChain) = (slot, default, null, false);
        Clear();
    }

    /// <summary>Lets go of the accounts.</summary>
    public void Clear()
    {
        Touched.Clear();
        Closed.Clear();
    }
}
