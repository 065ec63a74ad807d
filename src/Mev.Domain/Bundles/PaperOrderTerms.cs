using Mev.Domain.Chain;

namespace Mev.Domain.Bundles;

/// <summary>What a <see cref="PaperOrder"/> takes over from the rules of the paper market.</summary>
/// <param name="LandsIn">Slot at whose start it executes.</param>
/// <param name="Fee">Signature fee and route fee.</param>
/// <param name="TipFloor">The competing tip that it has to exceed.</param>
public readonly record struct PaperOrderTerms(Slot LandsIn, Lamports Fee, Lamports TipFloor);
