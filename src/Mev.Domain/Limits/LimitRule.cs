namespace Mev.Domain.Limits;

/// <summary>The pre-trade rules. The numbers are recorded: never renumbered.</summary>
public enum LimitRule
{
    /// <summary>No rule.</summary>
    Unknown = 0,

    /// <summary>Trading is not stopped.</summary>
    NotStopped = 1,

    /// <summary>The cycle starts and ends in WSOL.</summary>
    WsolBase = 2,

    /// <summary>Value after fixed fees is at least the policy's minimum.</summary>
    MinimumProfit = 3,

    /// <summary>Input is at most the policy's maximum.</summary>
    AmountIn = 4,

    /// <summary>Open submissions of the strategy stay within the policy's maximum.</summary>
    OpenSubmissions = 5,

    /// <summary>While conflating: slots between the drain that found it and the decision stay within a bound.</summary>
    Wait = 6,

    /// <summary>
    /// The cycle did not fail for the same reason more often in a row than <see cref="FailureMemory"/> allows; looked
    /// at only where it failed.
    /// </summary>
    EqualFailures = 7,

    /// <summary>What submits of a day put in stays within a cap: of strategy, wallet, pool or token alone.</summary>
    DayAmountIn = 8,
}
