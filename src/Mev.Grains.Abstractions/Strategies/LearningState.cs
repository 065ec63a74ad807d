namespace Mev.Grains.Abstractions.Strategies;

/// <summary>Whether a strategy learns.</summary>
public enum LearningState
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>From every outcome with evidence.</summary>
    Learning = 1,

    /// <summary>It does, but of more than a fifth of its last losses nobody saw the cause.</summary>
    LearningAlert = 2,

    /// <summary>From none: of more than two fifths of its last losses nobody saw the cause.</summary>
    LearningFrozen = 3,

    /// <summary>From none: an operator has frozen it.</summary>
    FrozenByOperator = 4,
}
