namespace Mev.Domain.Learning;

/// <summary>
/// What a random number is for: the third word of the generator's counter, which keeps the draws of one decision apart.
/// A new use takes a new number and no number is ever given to another use, or old records would replay to other draws.
/// Bits 16 and up belong to <see cref="Redo"/>.
/// </summary>
public static class DrawPurposes
{
    /// <summary>Normals of the location weights.</summary>
    public const uint LocationNormals = 1;

    /// <summary>Hazard of bin j at this number + j, j below 44.</summary>
    public const uint Hazard = 0x100;

    /// <summary>Survival, at this number + bin, bin below 4.</summary>
    public const uint Survival = 0x200;

    /// <summary>In time, at this number + route index, below 2.</summary>
    public const uint InTime = 0x300;

    /// <summary>Mean of the value error, at this number + young bin, below 2.</summary>
    public const uint ValueMean = 0x400;

    /// <summary>Whether a decision is in the calibration slice, and its arm.</summary>
    public const uint CalibrationSlice = 0x500;

    /// <summary>Which tip account is paid.</summary>
    public const uint TipAccount = 0x501;

    /// <summary>Beta-Thompson draw of an arm, at this number + arm index, below 38.</summary>
    public const uint BetaArm = 0x600;

    /// <summary>Competing tip that a paper order has to exceed.</summary>
    public const uint PaperTipFloor = 0x700;

    /// <summary>Repetitions of a decision at most.</summary>
    public const int RepetitionsMax = 256;

    /// <summary>
    /// The purpose of the k-th repetition of a decision with other draws (propensity of a past decision), k from 1 to
    /// 256; 0 is the decision itself.
    /// </summary>
    public static uint Redo(uint purpose, int repetition)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(purpose, 0xFFFFu);
        ArgumentOutOfRangeException.ThrowIfNegative(repetition);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(repetition, RepetitionsMax);
        return purpose + 0x10000u * (uint)repetition;
    }
}
