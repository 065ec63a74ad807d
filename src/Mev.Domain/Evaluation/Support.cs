namespace Mev.Domain.Evaluation;

/// <summary>Whether what another policy would have done can be told from what was done, and if not, why not.</summary>
public enum Support : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Each arm had a known chance above 0.</summary>
    Given = 1,

    /// <summary>The record does not tell how far chance explored: of an older form, or of another sampler.</summary>
    NotRecorded = 2,

    /// <summary>The calibration slice was not possible: the chance was too large for it.</summary>
    NotExplored = 3,

    /// <summary>The policy skips, and none of the sampler's draws did; the slice never skips.</summary>
    NeverSkipped = 4,
}
