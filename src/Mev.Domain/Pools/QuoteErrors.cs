namespace Mev.Domain.Pools;

/// <summary>The programs' own names of quote errors, as explorers and logs show them.</summary>
public static class QuoteErrors
{
    /// <summary>The name that the program gives to the cause, with its number where it has one.</summary>
    public static string ProgramName(Protocol protocol, QuoteError error) => (protocol, error) switch
    {
        (_, QuoteError.Overflow) => "SBF program panicked",
        (Protocol.RaydiumAmmV4, QuoteError.ZeroResult or QuoteError.ZeroAmount) => "custom program error: 0x1d",
        (Protocol.RaydiumCpmm, QuoteError.ZeroResult or QuoteError.ZeroAmount) => "RequireGtViolated:2505",
        (Protocol.Whirlpool, QuoteError.TickArraySequenceInvalidIndex) => "TickArraySequenceInvalidIndex:6038",
        (Protocol.Whirlpool, QuoteError.PartialFill) => "PartialFillError:6057",
        (Protocol.Whirlpool, QuoteError.ZeroAmount) => "ZeroTradableAmount:6035",
        (Protocol.Whirlpool, QuoteError.SqrtPriceOutOfBounds) => "SqrtPriceOutOfBounds:6011",
        (Protocol.Whirlpool, QuoteError.InvalidSqrtPriceLimitDirection) => "InvalidSqrtPriceLimitDirection:6034",
        (Protocol.RaydiumClmm, QuoteError.LiquidityInsufficient) => "LiquidityInsufficient:6019",
        (Protocol.RaydiumClmm, QuoteError.ZeroResult) => "TooSmallInputOrOutputAmount:6026",
        (Protocol.RaydiumClmm, QuoteError.ZeroAmount) => "ZeroAmountSpecified:6024",
        (Protocol.RaydiumClmm, QuoteError.LiquidityInsufficientForDirection) =>
            "InsufficientLiquidityForDirection:6041",
        (Protocol.RaydiumClmm, QuoteError.NotEnoughTickArrays) => "NotEnoughTickArrayAccount:6027",
        (Protocol.RaydiumClmm, QuoteError.SqrtPriceOutOfBounds) => "SqrtPriceLimitOverflow:6013",
        (Protocol.RaydiumClmm, QuoteError.PartialFill) => "RequireEqViolated:2501",
        (Protocol.RaydiumClmm, QuoteError.SwapDisabled) => "NotApproved:6001",
        (Protocol.RaydiumClmm, QuoteError.NotOpenYet) => "RequireGtViolated:2505",
        (Protocol.OrcaTokenSwap, QuoteError.ZeroResult) => "custom program error: 0x14",
        (Protocol.MeteoraDammV2, QuoteError.PriceRangeViolation) => "PriceRangeViolation:6015",
        (Protocol.MeteoraDlmm, QuoteError.ZeroResult) => "InsufficientOutAmount:6039",
        (Protocol.MeteoraDlmm, QuoteError.BitmapExtensionMissing) => "BitmapExtensionAccountIsNotProvided:6036",
        (Protocol.MeteoraDlmm, QuoteError.BinArrayNotPassed) => "AccountNotEnoughKeys:3005",
        (Protocol.MeteoraDlmm, QuoteError.Undetermined) => "UndeterminedError:6085",
        (Protocol.MeteoraDlmm, QuoteError.SwapDisabled or QuoteError.NotOpenYet) => "PoolDisabled:6042",
        _ => error.ToString(),
    };
}
