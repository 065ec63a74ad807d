namespace Mev.Journal.Stores.Rows;

/// <summary>What the sink made of a record.</summary>
public enum RecordState
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Its content stands in the tables.</summary>
    Taken = 1,

    /// <summary>Its bytes are no whole record of its type: kept as they are, in no other table.</summary>
    Undecodable = 2,

    /// <summary>Its bytes no longer have their leaf hash: kept as they are, in no other table.</summary>
    Damaged = 3,
}
