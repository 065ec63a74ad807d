namespace Mev.Journal.Audit;

/// <summary>What found an audit wrong: each opens only what it has closed itself.</summary>
public enum AuditClosing
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The journal is not what was signed: never opened again by this process.</summary>
    History = 1,

    /// <summary>A witness shows another history of this log, or more of it.</summary>
    Witness = 2,

    /// <summary>No checkpoint can be signed.</summary>
    Signing = 3,

    /// <summary>Records wait too long for their checkpoint, whatever it is that keeps it.</summary>
    Lag = 4,
}
