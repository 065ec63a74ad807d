using System.Collections.Immutable;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>Who else bids. Asked once in every tick, inside the chain's gate, after the orders of the tick.</summary>
internal interface IRivals
{
    /// <summary>The bundles of rivals that arrive in this tick, signed; the tip inside is the bid.</summary>
    IEnumerable<ImmutableArray<ChainTransaction>> Arriving(long tick);
}
