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

    /// <summary>No blockhash and balance that are fresh enough to build on.</summary>
    ChainStale = 8,

    /// <summary>An account that a swap passes is not known.</summary>
    AccountMissing = 9,

    /// <summary>The wallet has no token account for a mint of the cycle.</summary>
    TokenAccountMissing = 10,

    /// <summary>What the wallet has and no open intent reserved does not cover input, tip, fee and rent.</summary>
    Unfunded = 11,

    /// <summary>The message would be longer, or use more accounts or compute units, than a transaction may.</summary>
    TooLarge = 12,

    /// <summary>The last hop does not yield principal, tip, fee and least profit.</summary>
    Unprofitable = 13,

    /// <summary>No message can be built of the cycle for another reason.</summary>
    Unbuildable = 14,

    /// <summary>It waited longer for its decision than the pump's bound. Never fed to learning.</summary>
    WaitedTooLong = 15,

    /// <summary>Tip and fee are more than the day's cap leaves, open intents reckoned in.</summary>
    DayCostReached = 16,

    /// <summary>The cycle failed three times in a row for the same reason, and for no rival's doing.</summary>
    FailingCycle = 17,

    /// <summary>A cap of the strategy is reached; the check that failed says which.</summary>
    StrategyCapReached = 18,

    /// <summary>A cap of the wallet that pays is reached; the check that failed says which.</summary>
    WalletCapReached = 19,

    /// <summary>A cap of a pool of the cycle is reached; the check that failed says whose and which.</summary>
    PoolCapReached = 20,

    /// <summary>A cap of a mint of the cycle is reached; the check that failed says whose and which.</summary>
    TokenCapReached = 21,
}
