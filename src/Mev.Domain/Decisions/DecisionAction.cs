namespace Mev.Domain.Decisions;

/// <summary>What a strategy did with an opportunity. The numbers are recorded.</summary>
public enum DecisionAction
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>A bundle is to leave once the intent is durable.</summary>
    Submit = 1,

    /// <summary>The strategy let it pass.</summary>
    Skip = 2,

    /// <summary>A limit or rule refused it.</summary>
    Block = 3,
}
