using Mev.Domain.Chain;

namespace Mev.Journal.Sqlite;

/// <summary>
/// What a row of the journal has to be, whoever wrote into its file: SQLite proves nothing of what its pages hold.
/// </summary>
internal static class JournalRow
{
    /// <summary>The record of a row (offset, type, time, key, leaf hash, bytes) at the place it must have.</summary>
    /// <exception cref="InvalidDataException">It is another place's, or a hash has not its length.</exception>
    public static LogRecord Record(SqliteStatement row, long firstRow, LogPosition due)
    {
        Expect(row.Number(0) - firstRow, due);
        var entry = new LogEntry(
            (RecordType)row.Number(1), row.Number(2), Hash(row, 3, due), row.Bytes(5).ToArray());
        return new LogRecord(due.Offset, entry, Hash(row, 4, due));
    }

    /// <summary>A hash of a row.</summary>
    /// <exception cref="InvalidDataException">It has not its length.</exception>
    public static Digest Hash(SqliteStatement row, int column, LogPosition place)
    {
        var bytes = row.Bytes(column);
        return bytes.Length == Digest.Length
            ? new Digest(bytes)
            : throw new InvalidDataException($"record {place} has a hash of {bytes.Length} bytes");
    }

    /// <summary>The next row is the one that is due: none is missing before it.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Expect(long offset, LogPosition due)
    {
        if (offset != due.Offset)
            throw new InvalidDataException($"record {due} is missing: the next one is {due.Partition}@{offset}");
    }

    /// <summary>There is no row where one is due.</summary>
    public static InvalidDataException Missing(LogPosition due) => new($"record {due} is missing");
}
