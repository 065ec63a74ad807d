namespace Mev.Domain.Cycles;

/// <summary>What one pass of the filter did.</summary>
/// <param name="Candidates">Different cycles over the dirty pools: each was evaluated once.</param>
/// <param name="Survivors">Those whose marginal product is above 1 within the margin: to be sized exactly.</param>
/// <param name="IsFullScan">All cycles were scanned, the dirty pools touching most of them.</param>
public readonly record struct FilterTally(int Candidates, int Survivors, bool IsFullScan);
