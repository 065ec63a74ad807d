namespace Mev.Journal.Sqlite;

/// <summary>When callers are told that their records are durable. Only tests choose anything but the first.</summary>
internal enum DurabilityRule
{
    /// <summary>After the commit is on disk.</summary>
    AfterCommit = 0,

    /// <summary>A mutation: 5 ms before the commit. A crash between the two loses acknowledged records.</summary>
    BeforeCommit = 1,
}
