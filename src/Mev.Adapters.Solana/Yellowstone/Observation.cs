namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>What a stream tells of transactions, one after the other.</summary>
public abstract record Observation;
