using DuckDB.NET.Data;
using Mev.Adapters.DuckDb;
using Mev.Journal.Stores.Rows;

namespace Mev.Adapters.Tests.Stores;

/// <summary>Looks into the file of a store past the store.</summary>
internal static class StoreFile
{
    /// <summary>The records of an open store, by a copy of it.</summary>
    public static IReadOnlyList<(int Partition, long Offset, string Leaf, RecordState State)> Records(
        DuckDbStore store, TemporaryFolder folder)
    {
        var copy = folder.File($"look-{Path.GetRandomFileName()}.duckdb");
        using (var bytes = store.Copy().AsTask().GetAwaiter().GetResult())
        using (var file = File.Create(copy))
            bytes.CopyTo(file);
        return Records(copy);
    }

    /// <summary>The records of a store that nobody has open.</summary>
    public static IReadOnlyList<(int Partition, long Offset, string Leaf, RecordState State)> Records(string path) =>
        Rows(path, "SELECT partition, seq, leaf_hash, state FROM records", row => (
            (int)row.GetFieldValue<ushort>(0), row.GetInt64(1), row.GetString(2),
            Enum.Parse<RecordState>(row.GetString(3))));

    public static byte[] Bytes(DuckDBDataReader row, int column)
    {
        using var stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static List<T> Rows<T>(string path, string sql, Func<DuckDBDataReader, T> read)
    {
        using var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
