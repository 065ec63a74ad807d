namespace Mev.Domain.Auctions;

/// <summary>What chance gives one rival for one opportunity.</summary>
/// <param name="Participates">Whether it bids at all.</param>
/// <param name="Error">Logarithm of its bid over what its rule says: value error and compute-unit efficiency.</param>
/// <param name="LatencyMs">From the trigger to the engine, milliseconds.</param>
/// <param name="Choice">Uniform number behind what it chooses by chance.</param>
public readonly record struct RivalEntry(bool Participates, double Error, double LatencyMs, double Choice);
