using Microsoft.Data.Sqlite;

namespace Mev.Journal.Sqlite;

/// <summary>Turns what SQLite says into the cause and the remedy.</summary>
internal static class SqliteErrors
{
    // Primary result codes of SQLite (https://sqlite.org/rescode.html).
    private const int Busy = 5;
    private const int LockedTable = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether an exception tells of the file: SQLite's own, the device's, or what its rows hold.</summary>
    public static bool IsOfFile(Exception exception) =>
        exception is SqliteException or IOException or InvalidDataException;

    /// <summary>The exception to give to callers for <paramref name="exception"/> met with the file.</summary>
    public static SqliteUnavailableException Explain(string path, Exception exception)
    {
        if (exception is SqliteUnavailableException known)
            return new SqliteUnavailableException(known.Failure, known.Message, known);
        var failure = Classify(exception);
        return new SqliteUnavailableException(
            failure, $"{path}: {Cause(failure)} ({exception.Message}). {Remedy(failure, path)}", exception);
    }

    private static SqliteFailure Classify(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } => SqliteFailure.DiskFull,
        SqliteException { SqliteErrorCode: Busy or LockedTable } => SqliteFailure.Locked,
        SqliteException { SqliteErrorCode: ReadOnly } => SqliteFailure.ReadOnly,
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } or InvalidDataException => SqliteFailure.Corrupt,
        SqliteException { SqliteErrorCode: CantOpen } => SqliteFailure.CannotOpen,
        SqliteException { SqliteErrorCode: InputOutput } or IOException => SqliteFailure.InputOutput,
        UnauthorizedAccessException => SqliteFailure.CannotOpen,
        _ => SqliteFailure.Unknown,
    };

    private static string Cause(SqliteFailure failure) => failure switch
    {
        SqliteFailure.DiskFull => "no room to write",
        SqliteFailure.Locked => "locked by another connection",
        SqliteFailure.ReadOnly => "read-only",
        SqliteFailure.Corrupt => "not a database, or damaged",
        SqliteFailure.CannotOpen => "cannot be opened",
        SqliteFailure.InputOutput => "the device reports an error",
        _ => "unexpected error",
    };

    private static string Remedy(SqliteFailure failure, string path) => failure switch
    {
        SqliteFailure.DiskFull =>
            "Free space on its volume or raise FileBytesMax; writing resumes by itself.",
        SqliteFailure.Locked =>
            "End the program that holds the lock (fuser names it); writing resumes by itself.",
        SqliteFailure.ReadOnly =>
            "Make file, folder and volume writable for this user.",
        SqliteFailure.Corrupt =>
            $"Keep the file and {path}-wal for inquiry, restore a copy, or name another path, and start again.",
        SqliteFailure.CannotOpen =>
            "Check that the folder exists and that this user may read and write it.",
        SqliteFailure.InputOutput =>
            "Check the device; writing resumes by itself when it answers again.",
        _ => "See the inner exception.",
    };
}
