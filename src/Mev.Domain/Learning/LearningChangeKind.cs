namespace Mev.Domain.Learning;

/// <summary>What an operator changed in what a strategy learns. The numbers are recorded.</summary>
public enum LearningChangeKind : byte
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A new epoch with the prior of the kind.</summary>
    Reset = 1,

    /// <summary>A new epoch with a posterior that was given.</summary>
    PriorChange = 2,

    /// <summary>Nothing is learnt until the thaw.</summary>
    Freeze = 3,

    /// <summary>Learning goes on; what came in between stays unlearnt.</summary>
    Thaw = 4,
}
