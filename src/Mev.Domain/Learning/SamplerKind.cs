namespace Mev.Domain.Learning;

/// <summary>Which posterior and sampler; recorded beside its bytes and never given another meaning.</summary>
public enum SamplerKind : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Beta-Thompson over 38 arms: the baseline.</summary>
    BetaThompson = 1,

    /// <summary>Factored posterior over 94 arms.</summary>
    Factored = 2,

    /// <summary>The same with a bonus on landing that holds a land rate of 65 %.</summary>
    FactoredFloor = 3,
}
