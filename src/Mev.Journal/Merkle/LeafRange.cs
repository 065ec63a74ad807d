namespace Mev.Journal.Merkle;

/// <summary>
/// Leaves whose root is a node of a proof. Its begin is a multiple of the least power of two that holds it.
/// </summary>
/// <param name="Begin">The first leaf.</param>
/// <param name="Count">How many, at least one.</param>
internal readonly record struct LeafRange(long Begin, long Count);
