using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Rpc;

/// <summary>Who leads which slots of an epoch.</summary>
/// <param name="FirstSlot">First slot of the epoch.</param>
/// <param name="Leaders">Leader by slot, counted from the first; slots of which none was told are left out.</param>
public sealed record LeaderSchedule(Slot FirstSlot, ImmutableSortedDictionary<int, Pubkey> Leaders)
{
    /// <summary>The leader of a slot; null where it is not told or of another epoch.</summary>
    public Pubkey? LeaderOf(Slot slot)
    {
        if (slot < FirstSlot || slot.Value - FirstSlot.Value > int.MaxValue) return null;
        return Leaders.TryGetValue((int)(slot.Value - FirstSlot.Value), out var leader) ? leader : null;
    }
}
