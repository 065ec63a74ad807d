namespace Mev.Domain.Decisions;

/// <summary>Why a decision is no submit. The numbers are recorded.</summary>
public enum DecisionReason
{
    /// <summary>It is a submit.</summary>
    None = 0,

    /// <summary>Value below the policy's minimum.</summary>
    BelowMinimumProfit = 1,

    /// <summary>No arm scored above zero.</summary>
    NoArmAboveZero = 2,

    /// <summary>Another strategy holds the opportunity. Never fed to learning.</summary>
    Taken = 3,

    /// <summary>Trading is stopped.</summary>
    Stopped = 4,

    /// <summary>Too many submissions of the strategy are open.</summary>
    TooManyOpen = 5,

    /// <summary>Input above the policy's maximum.</summary>
    AmountInAboveLimit = 6,

    /// <summary>The cycle's base mint is not WSOL.</summary>
    NotWsolBased = 7,
}
