namespace Mev.Journal.Sqlite;

/// <summary>Why a SQLite file cannot be written or read.</summary>
public enum SqliteFailure
{
    /// <summary>None of the causes below; the message has SQLite's own words.</summary>
    Unknown = 0,

    /// <summary>The volume, or the file's own bound, has no room.</summary>
    DiskFull = 1,

    /// <summary>Another connection holds the write lock for longer than the busy timeout.</summary>
    Locked = 2,

    /// <summary>The file or its volume does not allow writes.</summary>
    ReadOnly = 3,

    /// <summary>The file is not a database, or a page of it is damaged.</summary>
    Corrupt = 4,

    /// <summary>Another process has the file.</summary>
    Owned = 5,

    /// <summary>The file or its folder cannot be opened or made.</summary>
    CannotOpen = 6,

    /// <summary>The device answered with an error.</summary>
    InputOutput = 7,

    /// <summary>The file was written by another program, or by a newer version of this one.</summary>
    ForeignFile = 8,

    /// <summary>More work waits than the queue may hold.</summary>
    QueueFull = 9,

    /// <summary>Not durable within the time allowed. It may become durable later.</summary>
    Timeout = 10,

    /// <summary>The writer was closed.</summary>
    Closed = 11,
}
