namespace Mev.Journal.Replay;

/// <summary>How a replayed decision compares with its record.</summary>
public enum ReplayVerdict
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Every byte of the core came out again, sizing included.</summary>
    Equal = 1,

    /// <summary>
    /// Every byte came out again from the recorded opportunity: a skip keeps no account bytes, so sizing was not
    /// replayed.
    /// </summary>
    EqualWithoutSizing = 2,

    /// <summary>A field came out differently.</summary>
    Different = 3,

    /// <summary>The journal does not hold a blob that the record names.</summary>
    BlobMissing = 4,

    /// <summary>A blob's bytes no longer have the hash by which the record names them.</summary>
    BlobDamaged = 5,

    /// <summary>The record's bytes no longer have its leaf hash, or are no decision.</summary>
    RecordDamaged = 6,

    /// <summary>
    /// This build cannot replay it: written by another kernel version, or a sampler that it does not know.
    /// </summary>
    NotReplayable = 7,
}
