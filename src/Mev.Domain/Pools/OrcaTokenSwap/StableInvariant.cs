namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// The invariant D of a stable curve at one state and direction, as the program computes it, and the reserve that it
/// leaves after a swap. The program goes by steps in whole numbers and stops when one changes nothing, so the very
/// steps are part of the result; reserves in the other order may give another D.
/// </summary>
internal readonly record struct StableInvariant
{
    /// <summary>Largest amplification: twice it has to fit in u64, as in the program.</summary>
    public const ulong AmplificationMax = ulong.MaxValue / 2;

    private const int RoundsMax = 32;
    private const ulong NarrowMax = 1UL << 62;

    private readonly UInt256 _constant; // D^3 / (4 leverage)
    private readonly UInt128 _share; // D / leverage

    /// <summary>Computes D for reserves above 0.</summary>
    public StableInvariant(ulong reserveIn, ulong reserveOut, ulong amplification)
    {
        Leverage = 2 * amplification;
        D = Solve(reserveIn, reserveOut, Leverage);
        _constant = UInt256.Multiply(D, D) * D / ((UInt128)4 * Leverage);
        _share = D / Leverage;
    }

    /// <summary>The invariant, about the sum of the reserves.</summary>
    public UInt128 D { get; }

    /// <summary>Twice the amplification.</summary>
    public ulong Leverage { get; }

    /// <summary>The reserve of the output mint that belongs to a reserve of the input mint above 0.</summary>
    public UInt128 ReserveOutAt(ulong reserveIn)
    {
        unchecked
        {
            var constant = _constant / reserveIn;
            var linear = reserveIn + _share;
            var isNarrow = D <= NarrowMax && linear <= NarrowMax && constant.High == 0 && constant.Low >> 126 == 0;
            if (isNarrow) return Descend((ulong)D, (ulong)linear, constant.Low);
            var reserve = D;
            for (var round = 0; round < RoundsMax; round++)
            {
                // Falls towards the root from above, where twice it is above D - linear.
                var square = UInt256.Multiply(reserve, reserve) + constant;
                var next = UInt256.DivideUp(square, 2 * reserve + linear - D).Low;
                if (next == reserve) break;
                reserve = next;
            }
            return reserve;
        }
    }

    /// <summary>The same steps where every number fits into half the width: all but a few pools.</summary>
    private static ulong Descend(ulong d, ulong linear, UInt128 constant)
    {
        unchecked
        {
            var reserve = d;
            for (var round = 0; round < RoundsMax; round++)
            {
                var square = new UInt128(Math.BigMul(reserve, reserve, out var low), low) + constant;
                var divisor = 2 * reserve + linear - d;
                var next = (ulong)((square + (divisor - 1)) / divisor);
                if (next == reserve) break;
                reserve = next;
            }
            return reserve;
        }
    }

    // Each value fits: D falls from the sum of the reserves and stays above 2 sqrt(in * out), so that
    // D^3 / (4 in out) is below 2^127.
    private static UInt128 Solve(ulong reserveIn, ulong reserveOut, ulong leverage)
    {
        unchecked
        {
            var sum = (UInt128)reserveIn + reserveOut;
            var scaled = UInt256.Multiply(sum, leverage);
            var d = sum;
            for (var round = 0; round < RoundsMax; round++)
            {
                var share = UInt256.Multiply(d, d) / ((UInt128)2 * reserveIn);
                share = share * d / ((UInt128)2 * reserveOut);
                var above = (scaled + share + share) * d;
                var below = UInt256.Multiply(d, leverage - 1) + share + share + share;
                var next = (above / below).Low;
                if (next == d) break;
                d = next;
            }
            return d;
        }
    }
}
