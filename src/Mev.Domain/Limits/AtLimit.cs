namespace Mev.Domain.Limits;

/// <summary>What a bounded place does with what comes when it is full.</summary>
public enum AtLimit
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>Who brings it waits for a place.</summary>
    Wait = 1,

    /// <summary>Who brings it is told that it was not taken.</summary>
    Refuse = 2,

    /// <summary>It takes the place of an older state of the same thing.</summary>
    Replace = 3,

    /// <summary>The oldest is forgotten for it.</summary>
    Forget = 4,

    /// <summary>It is left out.</summary>
    LeaveOut = 5,

    /// <summary>What is there is taken as complete, and it begins the next.</summary>
    Cut = 6,

    /// <summary>Who does not keep to it is cut off, and told where to go on from.</summary>
    Disconnect = 7,
}
