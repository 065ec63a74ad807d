using DuckDB.NET.Data;
using Mev.Journal.Stores;

namespace Mev.Adapters.DuckDb;

/// <summary>Turns what DuckDB and the file system say into the cause and the remedy.</summary>
internal static class DuckDbErrors
{
    private static readonly (string Part, string Cause, string Remedy)[] Known =
    [
        ("Conflicting lock", "another process has the file",
            "End that process, or name another file with Store:Path; writing begins by itself."),
        ("No space left", "no room to write", "Free space on its volume; writing resumes by itself."),
        ("File too large", "no room to write", "Raise the bound of file sizes; writing resumes by itself."),
        ("Permission denied", "it may not be read and written",
            "Make file and folder writable for this user; writing begins by itself."),
        ("Read-only file system", "the volume is read-only", "Make it writable; writing resumes by itself."),
        ("not a valid DuckDB database", "not a database, or damaged", Damaged),
        ("Serialization Error", "damaged", Damaged),
        ("checksum", "damaged", Damaged),
        ("orrupt", "damaged", Damaged),
        ("newer version", "written by a newer DuckDB", Damaged),
        ("Out of Memory", "the memory that it may take does not suffice",
            "Ask for less, or raise Store:MemoryBytesMax."),
    ];

    private const string Damaged =
        "Move the file away: a new one is filled from the journal by itself; or name another with Store:Path.";

    /// <summary>Whether the failure is one of the store's, and not a fault of the caller.</summary>
    public static bool IsOfStore(Exception failure) =>
        failure is DuckDBException or IOException or UnauthorizedAccessException or StoreUnavailableException;

    /// <summary>The exception to give to callers for <paramref name="failure"/> met with the file.</summary>
    public static StoreUnavailableException Explain(string path, Exception failure)
    {
        if (failure is StoreUnavailableException known) return known;
        var said = failure.Message.ReplaceLineEndings(" ");
        var (_, cause, remedy) = Array.Find(Known, one => said.Contains(one.Part, StringComparison.Ordinal));
        return new StoreUnavailableException(
            $"decision store {path}: {cause ?? "cannot be used"} ({said}). "
            + (remedy ?? "The journal holds every record; a new file is filled from it by itself."),
            failure);
    }
}
