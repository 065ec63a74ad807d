using Mev.Domain.Chain;
using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>From a blob's hash to where it lies: about 80 bytes of memory for each durable blob.</summary>
internal sealed class BlobIndex
{
    // Rows read at a time at start, so that no read snapshot stays open long.
    private const int ReadRowsMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, LogPosition> _positions = [];

    public LogPosition? Find(Digest hash)
    {
        lock (_gate) return _positions.TryGetValue(hash, out var position) ? position : null;
    }

    /// <summary>The first record of a hash is kept: the same bytes again are the same blob.</summary>
    public void Add(Digest hash, LogPosition position)
    {
        lock (_gate) _positions.TryAdd(hash, position);
    }

    /// <summary>Reads the hashes of a partition's records from an offset on.</summary>
    public void Read(SqliteConnection connection, LogPartition partition, LogExtent extent, long fromOffset)
    {
        using var keys = new SqliteStatement(
            connection, "SELECT row, key FROM topic_log WHERE row BETWEEN ?1 AND ?2 ORDER BY row");
        for (var offset = fromOffset; offset < extent.Count; offset += ReadRowsMax)
        {
            keys.Bind(1, extent.Row(offset));
            keys.Bind(2, extent.Row(Math.Min(offset + ReadRowsMax, extent.Count) - 1));
            while (keys.Step())
            {
                var place = new LogPosition(partition, keys.Number(0) - extent.Row(0));
                Add(JournalRow.Hash(keys, 1, place), place);
            }
            keys.Reset();
        }
    }
}
