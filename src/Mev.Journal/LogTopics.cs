namespace Mev.Journal;

/// <summary>The names of the journal's topics.</summary>
public static class LogTopics
{
    /// <summary>Every decision, outcome, command and policy change: typed records under Merkle checkpoints.</summary>
    public const string Audit = "mev.audit";

    /// <summary>Account data and messages by their SHA-256, appended before the records that name them.</summary>
    public const string Blobs = "mev.blobs";

    /// <summary>The signed checkpoints over the audit topic, partition by partition.</summary>
    public const string Checkpoints = "mev.checkpoints";

    /// <summary>What an operator should look at: raised, and over.</summary>
    public const string Alerts = "mev.alerts";

    /// <summary>The events of Orleans streams.</summary>
    public const string Streams = "mev.streams";

    /// <summary>Events that could not be taken, with where they stood.</summary>
    public const string DeadLetter = "mev.deadletter";
}
