using DuckDB.NET.Data;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb;

/// <summary>Stores that no process has open.</summary>
internal static class RestingStore
{
    /// <summary>Reads one; while that goes on no process can begin to write it.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It is not there, damaged, or a process has it: then that process is asked.
    /// </exception>
    public static TResult Read<TResult>(string path, Func<DuckDBConnection, TResult> read)
    {
        try
        {
            if (!File.Exists(path)) throw new StoreUnavailableException($"decision store {path} is not there");
            using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(path),
                ["access_mode"] = "READ_ONLY",
            }.ConnectionString);
            connection.Open();
            return read(connection);
        }
        catch (Exception failure) when (DuckDbErrors.IsOfStore(failure))
        {
            throw DuckDbErrors.Explain(path, failure);
        }
    }
}
