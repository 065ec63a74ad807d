using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.MeteoraDammV2;

/// <summary>
/// What swaps read of a pool account: one range of prices with the same liquidity everywhere. Liquidity and square
/// roots of prices have 64 binary places.
/// </summary>
internal readonly record struct MeteoraDammV2State
{
    /// <summary>The whole of fee rates.</summary>
    public const uint Billion = 1_000_000_000;

    /// <summary>Highest fee of a pool of version 0.</summary>
    public const uint FeeRateMax = Billion / 2;

    private const uint Percent = 100;

    // Constants of the program: 4,295,048,016 and 79,226,673,521,066,979,257,578,248,091.
    private static readonly UInt128 SqrtPriceLeast = 4_295_048_016;
    private static readonly UInt128 SqrtPriceGreatest = new(0xFFFE_C4B1, 0x845C_1AA9_4E69_579B);

    /// <summary>Liquidity, above 0.</summary>
    public UInt128 Liquidity { get; init; }

    /// <summary>Square root of the price of A in B, within its bounds.</summary>
    public UInt128 SqrtPrice { get; init; }

    /// <summary>Its lower bound; bounds are between 2^32 and 2^96.</summary>
    public UInt128 SqrtPriceMin { get; init; }

    /// <summary>Its upper bound.</summary>
    public UInt128 SqrtPriceMax { get; init; }

    /// <summary>Fee in 1/10^9, at most <see cref="FeeRateMax"/>.</summary>
    public uint FeeRate { get; init; }

    /// <summary>Fees are taken in mint B alone, else on the output.</summary>
    public bool IsFeeAlwaysInB { get; init; }

    /// <summary>The protocol's share of the fee in percent.</summary>
    public byte ProtocolPercent { get; init; }

    /// <summary>Fees in mint A that the account can still take for the protocol.</summary>
    public ulong ProtocolRoomA { get; init; }

    /// <summary>The same of mint B.</summary>
    public ulong ProtocolRoomB { get; init; }

    /// <summary>The program allows this square root of a price.</summary>
    public static bool IsSqrtPrice(UInt128 value) => value >= SqrtPriceLeast && value <= SqrtPriceGreatest;

    /// <summary>The fee is taken from what comes out, else from what goes in.</summary>
    public bool IsFeeOnOutput(SwapDirection direction) => direction == SwapDirection.AToB || !IsFeeAlwaysInB;

    /// <summary>A swap of an input above 0.</summary>
    public QuoteError ExactIn(SwapDirection direction, ulong amountIn, out MeteoraDammV2Swap swap)
    {
        swap = default;
        var isOnOutput = IsFeeOnOutput(direction);
        var fee = isOnOutput ? 0 : FeeOf(amountIn);
        var error = direction == SwapDirection.AToB
            ? Fall(amountIn - fee, out var price, out var amountOut)
            : Rise(amountIn - fee, out price, out amountOut);
        if (error != QuoteError.None) return error;
        if (isOnOutput)
        {
            fee = FeeOf(amountOut);
            amountOut -= fee;
        }
        var isInA = direction == SwapDirection.BToA && isOnOutput;
        var protocolFee = ShareMath.Floor(fee, ProtocolPercent, Percent);
        if (protocolFee > (isInA ? ProtocolRoomA : ProtocolRoomB)) return QuoteError.Overflow;
        swap = new MeteoraDammV2Swap(amountOut, price, isInA, protocolFee);
        return QuoteError.None;
    }

    /// <summary>A in, B out: the new price is rounded up.</summary>
    private QuoteError Fall(ulong amountIn, out UInt128 price, out ulong amountOut)
    {
        amountOut = 0;
        var divisor = UInt256.Multiply(SqrtPrice, amountIn) + Liquidity;
        price = UInt256.DivideUp(UInt256.Multiply(Liquidity, SqrtPrice), divisor).Low;
        if (price < SqrtPriceMin) return QuoteError.PriceRangeViolation;
        return TryUnits(UInt256.Multiply(Liquidity, SqrtPrice - price).High, out amountOut);
    }

    /// <summary>B in, A out: the new price is rounded down.</summary>
    private QuoteError Rise(ulong amountIn, out UInt128 price, out ulong amountOut)
    {
        (price, amountOut) = (0, 0);
        var step = new UInt256(amountIn, 0) / Liquidity;
        if (step > SqrtPriceMax - SqrtPrice) return QuoteError.PriceRangeViolation;
        price = SqrtPrice + step.Low;
        var output = UInt256.Multiply(Liquidity, step.Low) / UInt256.Multiply(SqrtPrice, price);
        return output.High == 0 ? TryUnits(output.Low, out amountOut) : QuoteError.Overflow;
    }

    /// <summary>The rate is below 1, so the fee is at most the amount.</summary>
    private ulong FeeOf(ulong amount)
    {
        ShareMath.TryCeiling(amount, FeeRate, Billion, out var fee);
        return fee;
    }

    private static QuoteError TryUnits(UInt128 amount, out ulong units)
    {
        units = amount > ulong.MaxValue ? 0 : (ulong)amount;
        return amount > ulong.MaxValue ? QuoteError.Overflow : QuoteError.None;
    }
}
