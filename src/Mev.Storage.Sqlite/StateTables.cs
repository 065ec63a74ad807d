using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Storage.Sqlite;

/// <summary>What one file of states holds: the states of grains, and the nonces of commands.</summary>
internal sealed class StateTables : ISqliteCommitTarget
{
    public GrainStateTable GrainStates { get; } = new();

    public NonceTable Nonces { get; } = new();

    public void Open(SqliteConnection connection)
    {
        GrainStates.Open(connection);
        Nonces.Open(connection);
    }

    public void Committed()
    {
    }

    public void Dispose()
    {
        GrainStates.Dispose();
        Nonces.Dispose();
    }
}
