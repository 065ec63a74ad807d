using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>What a <see cref="PaperOrder"/> takes over from the rules of the paper market.</summary>
/// <param name="LandsIn">Slot from which on it executes, at the start of the first that the feed has.</param>
/// <param name="Fee">Signature fee and route fee.</param>
/// <param name="TipFloor">The competing tip that it has to exceed.</param>
public readonly record struct PaperOrderTerms(Slot LandsIn, Lamports Fee, Lamports TipFloor);
