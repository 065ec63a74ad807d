namespace Mev.Journal;

/// <summary>The names of the journal's topics.</summary>
public static class LogTopics
{
    /// <summary>Every decision, outcome, command and policy change: typed records under Merkle checkpoints.</summary>
    public const string Audit = "mev.audit";

    /// <summary>Account data and messages by their SHA-256, appended before the records that name them.</summary>
    public const string Blobs = "mev.blobs";

    /// <summary>What people are to be told at once.</summary>
    public const string Alerts = "mev.alerts";

    /// <summary>Signed checkpoints.</summary>
    public const string Checkpoints = "mev.checkpoints";

    /// <summary>Stops and resumes, by scope.</summary>
    public const string Stop = "mev.control.stop";
}
