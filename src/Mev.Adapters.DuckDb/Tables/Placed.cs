namespace Mev.Adapters.DuckDb.Tables;

/// <summary>A row with the partition that its record is of.</summary>
internal readonly record struct Placed<TRow>(int Partition, TRow Row);
