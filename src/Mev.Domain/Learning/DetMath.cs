namespace Mev.Domain.Learning;

/// <summary>
/// Transcendental functions whose last bit is the same on every machine: only + - * / and square root of IEEE doubles,
/// in the written order, never fused. Platform functions differ in the last bit, and a decision has to replay exactly.
/// </summary>
public static partial class DetMath
{
    // Constants of fdlibm (FreeBSD msun e_exp.c, e_log.c), shortest decimals of the same bits.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double InverseLn2 = 1.4426950408889634;
    private const double ExpOverflowAbove = 709.782712893384;
    private const double ExpZeroBelow = -745.1332191019411;
    private const double TwoTo54 = 18014398509481984.0;
    private const double NormalMin = 2.2250738585072014e-308;
    private const uint HighWordOfOne = 0x3ff00000;
    private const uint HighWordOfSqrtHalf = 0x3fe6a09e;

    /// <summary>
    /// e to the x, within 1 ulp; infinity above 709.78, 0 below -745.13, not-a-number for itself.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > ExpOverflowAbove) return double.PositiveInfinity;
        if (x < ExpZeroBelow) return 0.0;
        var k = (int)(InverseLn2 * x + (x >= 0.0 ? 0.5 : -0.5));
        var high = x - k * Ln2High;
        var low = k * Ln2Low;
        var r = high - low;
        var t = r * r;
        var c = r - t * (0.16666666666666602 + t * (-0.0027777777777015593 + t * (6.613756321437934e-05
            + t * (-1.6533902205465252e-06 + t * 4.1381367970572385e-08))));
        var y = 1.0 - ((low - r * c / (2.0 - c)) - high);
        if (k > 1023) return y * 2.0 * PowerOfTwo(k - 1);
        if (k < -1021) return y * PowerOfTwo(k + 1000) * PowerOfTwo(-1000);
        return y * PowerOfTwo(k);
    }

    /// <summary>
    /// Natural logarithm, within 1 ulp, subnormals included; minus infinity for 0, not-a-number below 0 and for itself.
    /// </summary>
    public static double Ln(double x)
    {
        if (!(x > 0.0)) return x == 0.0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        var k = 0;
        if (x < NormalMin)
        {
            x *= TwoTo54;
            k = -54;
        }
        var bits = BitConverter.DoubleToUInt64Bits(x);
        var highWord = (uint)(bits >> 32) + (HighWordOfOne - HighWordOfSqrtHalf);
        k += (int)(highWord >> 20) - 0x3ff;
        highWord = (highWord & 0xfffff) + HighWordOfSqrtHalf;
        var f = BitConverter.UInt64BitsToDouble((ulong)highWord << 32 | bits & 0xffffffff) - 1.0;
        var halfSquare = 0.5 * f * f;
        var s = f / (2.0 + f);
        var z = s * s;
        var w = z * z;
        var even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
        var odd = z * (0.6666666666666735 + w * (0.2857142874366239
            + w * (0.1818357216161805 + w * 0.14798198605116586)));
        return s * (halfSquare + (odd + even)) + k * Ln2Low - halfSquare + f + k * Ln2High;
    }

    /// <summary>2 to the k for a normal result, k from -1022 to 1023.</summary>
    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
