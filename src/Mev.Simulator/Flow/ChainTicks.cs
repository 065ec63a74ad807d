using Mev.Adapters.Paper.Generation;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Flow;

/// <summary>
/// What happens in each tick, in this order: the orders of the flow that fall into it, the block engine's auctions and,
/// in the last tick of a slot, the slot's end.
/// </summary>
internal sealed class ChainTicks(
    SimulatedChain chain, OrderFlow flow, GeneratedFeedOptions market, SimulatorOptions options)
{
    private int _tick;
    private ulong _orders;

    /// <summary>Told of each tick after its orders, inside the chain's gate. Default nobody.</summary>
    public Action? Ordered { get; set; }

    /// <summary>Told of each slot's end, inside the chain's gate. Default nobody.</summary>
    public Action? Sealed { get; set; }

    /// <summary>One tick.</summary>
    public void Next()
    {
        lock (chain.Gate)
        {
            var (before, after) = (OrdersBefore(_tick), OrdersBefore(_tick + 1));
            for (var i = before; i < after && !(_orders >= market.Transactions); i++, _orders++) flow.ExecuteNext();
            Ordered?.Invoke();
            _tick = (_tick + 1) % options.TicksPerSlot;
            if (_tick > 0) return;
            chain.Seal();
            Sealed?.Invoke();
        }
    }

    /// <summary>Ticks to the end of the open slot, and of further ones.</summary>
    public void NextSlots(int slots)
    {
        for (var sealedSlots = 0; sealedSlots < slots;)
        {
            Next();
            if (_tick == 0) sealedSlots++;
        }
    }

    // Spread evenly over the ticks of a slot.
    private long OrdersBefore(int tick) => (long)market.TransactionsPerSlot * tick / options.TicksPerSlot;
}
