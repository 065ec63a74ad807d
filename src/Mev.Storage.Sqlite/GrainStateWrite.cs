using Mev.Journal.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>One write of a state, or its clearing when <paramref name="data"/> is null.</summary>
internal sealed class GrainStateWrite(GrainStateTable table, string key, ReadOnlyMemory<byte>? data, long expectedETag)
    : SqliteCommitOperation<long?>(records: 1, bytes: key.Length + (data?.Length ?? 0))
{
    protected override long? Execute() => table.Write(key, data, expectedETag);
}
