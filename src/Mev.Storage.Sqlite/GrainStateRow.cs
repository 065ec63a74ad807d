namespace Mev.Storage.Sqlite;

/// <summary>A stored state. Data is null when it was cleared; ETag is 0 when the key was never written.</summary>
internal readonly record struct GrainStateRow(byte[]? Data, long ETag);
