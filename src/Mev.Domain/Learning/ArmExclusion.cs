namespace Mev.Domain.Learning;

/// <summary>Why an arm could not be chosen, whatever its draw.</summary>
public enum ArmExclusion : byte
{
    /// <summary>It could.</summary>
    None = 0,

    /// <summary>Its tip is below 1,000 lamports or below the policy's floor.</summary>
    TipBelowFloor = 1,

    /// <summary>Its tip is above the policy's cap.</summary>
    TipAboveCap = 2,
}
