using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>
/// The price of a bin, Q64.64 units of Y per unit of X, and what amounts are worth at it. Wraps are meant where
/// unchecked: limbs are digits of base 2^64.
/// </summary>
internal readonly record struct BinPrice(UInt128 Value)
{
    /// <summary>Bins lie between plus and minus this: there the price leaves its bounds at the least step.</summary>
    public const int BinLimit = 443_636;

    private const int TenThousand = 10_000;

    private ulong High => unchecked((ulong)(Value >> 64));

    private ulong Low => unchecked((ulong)Value);

    /// <summary>
    /// The price of a bin as the program computes it: (1 + step / 10,000) to the power of the bin by squaring, the
    /// inverse of a number above 1 being what is squared. 0 where it falls below 2^-64.
    /// </summary>
    /// <param name="bin">From minus to plus <see cref="BinLimit"/>.</param>
    /// <param name="step">Ten-thousandths, above 0.</param>
    public static BinPrice At(int bin, int step)
    {
        if (bin == 0) return new BinPrice(UInt128.One << 64);
        unchecked
        {
            var increment = (ulong)((new UInt128((ulong)step, 0)) / TenThousand);
            // Both stay below 2^64: the inverse of a number above 1, and its powers.
            var square = (ulong)(UInt128.MaxValue / new UInt128(1 + (ulong)(step / TenThousand), increment));
            UInt128 power = UInt128.One << 64;
            for (var bits = (uint)Math.Abs(bin); bits != 0; bits >>= 1)
            {
                if ((bits & 1) != 0)
                    power = power == UInt128.One << 64 ? square : Math.BigMul((ulong)power, square, out _);
                square = Math.BigMul(square, square, out _);
            }
            if (bin < 0) return new BinPrice(power);
            return new BinPrice(power == UInt128.Zero ? UInt128.Zero : UInt128.MaxValue / power);
        }
    }

    /// <summary>Output for an input, rounded down. False when it is above u64.</summary>
    public bool TryOut(bool isXToY, ulong input, out ulong output) =>
        isXToY ? TryMultiply(input, roundUp: false, out output) : TryDivide(input, roundUp: false, out output);

    /// <summary>Input that an output takes, rounded up. False when it is above u64 or the price is 0.</summary>
    public bool TryIn(bool isXToY, ulong output, out ulong input)
    {
        if (isXToY) return TryDivide(output, roundUp: true, out input);
        return TryMultiply(output, roundUp: true, out input) && input != 0;
    }

    /// <summary>amount * price / 2^64.</summary>
    private bool TryMultiply(ulong amount, bool roundUp, out ulong product)
    {
        unchecked
        {
            product = Math.BigMul(Low, amount, out var cut);
            if (High != 0)
            {
                if (Math.BigMul(High, amount, out var whole) != 0) return false;
                product += whole;
                if (product < whole) return false;
            }
            return !roundUp || cut == 0 || ++product != 0;
        }
    }

    /// <summary>amount * 2^64 / price.</summary>
    private bool TryDivide(ulong amount, bool roundUp, out ulong quotient)
    {
        unchecked
        {
            bool isExact;
            quotient = 0;
            if (High == 0)
            {
                if (amount >= Low) return false;
                quotient = WideMath.Divide(amount, 0, Low, out var rest);
                isExact = rest == 0;
            }
            else
            {
                quotient = WideMath.DivideShifted(0, amount, High, Low, out isExact);
            }
            return !roundUp || isExact || ++quotient != 0;
        }
    }
}
