using System.Collections.Immutable;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>Rivals that bid what a test says; nothing by default.</summary>
internal sealed class ScriptedRivals : IRivals
{
    /// <summary>The bundles that arrive in a tick. Default none.</summary>
    public Func<long, IEnumerable<ImmutableArray<ChainTransaction>>> Script { get; set; } = _ => [];

    public IEnumerable<ImmutableArray<ChainTransaction>> Arriving(long tick) => Script(tick);
}
