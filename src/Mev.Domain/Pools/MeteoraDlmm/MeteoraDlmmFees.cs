namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// The fee of a pair: a base that its parameters fix, and a part that grows with the volatility. Rates are in
/// billionths.
/// </summary>
/// <param name="Base">Rate without volatility, at most <see cref="RateMax"/>.</param>
/// <param name="Control">How strongly the rate follows the volatility; 0 not at all.</param>
/// <param name="Step">Step of the price, in ten-thousandths.</param>
internal readonly record struct MeteoraDlmmFees(uint Base, uint Control, ushort Step)
{
    /// <summary>The whole, in billionths.</summary>
    public const ulong RateOne = 1_000_000_000;

    /// <summary>No rate is above a tenth.</summary>
    public const uint RateMax = 100_000_000;

    /// <summary>The whole, in ten-thousandths: the protocol's share and that of orders.</summary>
    public const ulong ShareOne = 10_000;

    private const ulong VariableScale = 100_000_000_000;
    private const int PowerMax = 18; // beyond, the program's own power of ten would pass u64

    /// <summary>Reads the rates of a pair; false when the power of ten is impossible.</summary>
    public static bool TryRead(ReadOnlySpan<byte> pair, out MeteoraDlmmFees fees)
    {
        var step = AccountBytes.U16(pair, MeteoraDlmmLayout.BinStep);
        UInt128 rate = (UInt128)AccountBytes.U16(pair, MeteoraDlmmLayout.BaseFactor) * step * 10;
        var power = pair[MeteoraDlmmLayout.BaseFeePower];
        for (var i = 0; i < power && rate <= RateMax; i++) rate *= 10;
        var control = AccountBytes.U32(pair, MeteoraDlmmLayout.VariableFeeControl);
        fees = new MeteoraDlmmFees((uint)UInt128.Min(rate, RateMax), control, step);
        return power <= PowerMax;
    }

    /// <summary>The rate at a volatility: min(base + ceil((volatility * step)^2 * control / 10^11), a tenth).</summary>
    public uint RateAt(uint volatility)
    {
        if (Control == 0 || volatility == 0) return Base;
        unchecked
        {
            var moved = (ulong)volatility * Step;
            // From 2^64 on the product divided by 10^11 is above the greatest rate.
            if (moved > uint.MaxValue || Math.BigMul(moved * moved, Control, out var product) != 0) return RateMax;
            var variable = product / VariableScale;
            if (variable * VariableScale != product) variable++;
            return (uint)Math.Min(Base + variable, RateMax);
        }
    }

    /// <summary>The fee inside an amount: ceil(amount * rate / 10^9).</summary>
    public static ulong Within(ulong amount, uint rate)
    {
        unchecked
        {
            var wholes = amount / RateOne;
            return wholes * rate + ((amount - wholes * RateOne) * rate + RateOne - 1) / RateOne;
        }
    }

    /// <summary>The fee on top of an amount: ceil(amount * rate / (10^9 - rate)), at most a ninth of it.</summary>
    public static ulong OnTop(ulong amount, uint rate)
    {
        unchecked
        {
            var keep = RateOne - rate;
            var wholes = amount / keep;
            return wholes * rate + ((amount - wholes * keep) * rate + keep - 1) / keep;
        }
    }

    /// <summary>
    /// Divides the fee of one bin: the market makers' part by what went to them, of which the protocol has its share,
    /// and of the rest the orders have the half that is rounded down.
    /// </summary>
    public static (ulong Makers, ulong Orders, ulong Protocol) Divide(ulong fee, in BinFill fill, ulong protocolShare)
    {
        unchecked
        {
            // MakersIn is at most In, so the quotient is at most the fee.
            var makers = fill.In == 0
                ? 0
                : (ulong)(((UInt128)fee * fill.MakersIn + fill.In - UInt128.One) / fill.In);
            var rest = fee - makers;
            var orders = rest / 2;
            var protocol = (ulong)((UInt128)makers * protocolShare / ShareOne);
            return (makers - protocol, orders, protocol + rest - orders);
        }
    }
}
