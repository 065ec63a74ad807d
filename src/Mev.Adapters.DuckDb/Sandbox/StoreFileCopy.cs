using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb.Sandbox;

/// <summary>Copies of stores that no process has open.</summary>
public static class StoreFileCopy
{
    /// <summary>Copies a store at rest; while that goes on no process can begin to write it.</summary>
    /// <exception cref="StoreUnavailableException">
    /// It is not there, damaged, or a process has it: then that process is asked for a copy.
    /// </exception>
    public static void Make(string path, string copy) => RestingStore.Read(path, _ =>
    {
        if (File.Exists($"{path}.wal")) File.Copy($"{path}.wal", $"{copy}.wal", overwrite: true);
        File.Copy(path, copy, overwrite: true); // last: closing it gives up this process's lock
        return true;
    });
}
