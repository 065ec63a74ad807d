namespace Mev.Adapters.DuckDb.Sandbox;

/// <summary>What a question of one's own may take.</summary>
/// <param name="Time">Longest time until its last row.</param>
/// <param name="MemoryBytes">Memory of DuckDB; nothing is put on a disk instead: what needs more is refused.</param>
/// <param name="RowsMax">Rows that are read; what is beyond is left out, and said.</param>
public sealed record SandboxLimits(TimeSpan Time, long MemoryBytes, int RowsMax);
