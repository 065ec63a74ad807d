namespace Mev.Control.Checkpoints;

/// <summary>Why a checkpoint is not signed.</summary>
public enum CheckpointDefect
{
    /// <summary>Nothing is wrong with it.</summary>
    None = 0,

    /// <summary>It is no checkpoint, or one of another partition.</summary>
    Stranger = 1,

    /// <summary>The log did not sign it.</summary>
    NotSigned = 2,

    /// <summary>Its tree is smaller than the one signed last.</summary>
    Shrunk = 3,

    /// <summary>It does not continue the one signed last: one of the two forks the log.</summary>
    Forked = 4,
}
