namespace Mev.Control.Audits;

/// <summary>What an audit finds. The names are told to scripts.</summary>
public enum AuditDefect
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The record's bytes are others than were signed.</summary>
    Changed = 1,

    /// <summary>The record's bytes are what was signed; the leaf hash beside them is not theirs.</summary>
    LeafChanged = 2,

    /// <summary>The record is not there any more.</summary>
    Missing = 3,

    /// <summary>The record was never signed and stands among those that were.</summary>
    Inserted = 4,

    /// <summary>Two records stand in each other's place.</summary>
    Swapped = 5,

    /// <summary>Of these records at least one is not what was signed; nothing tells which.</summary>
    Rewritten = 6,

    /// <summary>The copy of the leaf hashes beside the journal is not what was signed.</summary>
    Copy = 7,

    /// <summary>A checkpoint cannot be read, is of another log, not signed by it, or out of order.</summary>
    Checkpoint = 8,

    /// <summary>A checkpoint is over more records than there are: the log was set back.</summary>
    SetBack = 9,

    /// <summary>What the witness holds is not in this history, or not its signature.</summary>
    Cosignature = 10,

    /// <summary>A proof that was served does not hold.</summary>
    Proof = 11,

    /// <summary>No checkpoint is over these records, and they are more than may wait for one.</summary>
    Uncovered = 12,
}
