using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>What a group commit writes to. Called on its writer thread; the first Open before that runs.</summary>
public interface ISqliteCommitTarget : IDisposable
{
    /// <summary>
    /// The connection was opened, at start or again after a failure: make the tables, prepare statements, read what is
    /// cached. Nothing prepared or cached before counts any more.
    /// </summary>
    void Open(SqliteConnection connection);

    /// <summary>All operations applied since the last call are durable; their callers have not been told yet.</summary>
    void Committed();
}
