namespace Mev.Journal.Sqlite;

/// <summary>A SQLite file could not be written or read. The message names the file and the remedy.</summary>
public sealed class SqliteUnavailableException : Exception
{
    /// <summary>For serialisers.</summary>
    public SqliteUnavailableException()
    {
    }

    /// <summary>With a message, and the cause unknown.</summary>
    public SqliteUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and an exception, and the cause unknown.</summary>
    public SqliteUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the cause, a message that names file and remedy, and SQLite's own exception.</summary>
    public SqliteUnavailableException(SqliteFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
        => Failure = failure;

    /// <summary>The cause.</summary>
    public SqliteFailure Failure { get; }
}
