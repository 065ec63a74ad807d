using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;

namespace Mev.Simulator.Rivals;

/// <summary>A cycle that pays at a state of the chain, with its exact amounts at the size that pays most.</summary>
/// <param name="Hops">Its swaps, from wrapped SOL back to it.</param>
/// <param name="Profit">Lamports that it yields before any fee.</param>
internal sealed record Chance(ImmutableArray<(Hop Hop, SizedHop Amounts)> Hops, Lamports Profit);
