namespace Mev.Domain.Learning;

/// <content>The standard normal law.</content>
public static partial class DetMath
{
    private const double InverseSqrtTwoPi = 0.3989422804014327;
    private const double SqrtTwoPi = 2.506628274631;
    private const double TailFrom = 7.07106781186547; // 10 / sqrt 2: Hart's rational form below, a fraction above
    private const double CertainFrom = 37.0;
    private const double CentralHalfWidth = 0.425;
    private const double CentralSquare = 0.180625;

    /// <summary>P(N at most x), Hart 1968 as given by West 2005; absolute error below 1e-14.</summary>
    public static double NormalCdf(double x)
    {
        var z = Math.Abs(x);
        var c = z > CertainFrom ? 0.0 : UpperTail(z);
        return x > 0.0 ? 1.0 - c : c;
    }

    /// <summary>Density at x.</summary>
    public static double NormalPdf(double x) => Exp(-x * x / 2.0) * InverseSqrtTwoPi;

    /// <summary>
    /// The x with P(N at most x) = <paramref name="p"/>: Wichura, algorithm AS 241 (PPND16), relative error about
    /// 1e-16. Infinite at 0 and 1, not-a-number outside.
    /// </summary>
    public static double NormalInverseCdf(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= CentralHalfWidth)
        {
            var t = CentralSquare - q * q;
            return q * Horner(
                t, 2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
                13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665)
                / Horner(
                t, 5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597,
                5394.196021424751, 687.1870074920579, 42.31333070160091, 1.0);
        }
        var tail = q < 0.0 ? p : 1.0 - p;
        if (!(tail > 0.0)) return tail < 0.0 || double.IsNaN(p) ? double.NaN : q * double.PositiveInfinity;
        var r = Math.Sqrt(-Ln(tail));
        var v = r <= 5.0 ? NearTail(r - 1.6) : FarTail(r - 5.0);
        return q < 0.0 ? -v : v;
    }

    private static double UpperTail(double z)
    {
        var e = Exp(-z * z / 2.0);
        if (z < TailFrom)
        {
            return e * Horner(
                z, 0.0, 0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383,
                112.079291497871, 221.213596169931, 220.206867912376)
                / Horner(
                z, 0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461,
                296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752);
        }
        var f = z + 0.65;
        f = z + 4.0 / f;
        f = z + 3.0 / f;
        f = z + 2.0 / f;
        f = z + 1.0 / f;
        return e / f / SqrtTwoPi;
    }

    private static double NearTail(double r) =>
        Horner(
            r, 0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
            3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835)
        / Horner(
            r, 1.0507500716444169e-09, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
            0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0);

    private static double FarTail(double r) =>
        Horner(
            r, 2.0103343992922881e-07, 2.7115555687434876e-05, 0.0012426609473880784, 0.026532189526576124,
            0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103)
        / Horner(
            r, 2.0442631033899397e-15, 1.421511758316446e-07, 1.8463183175100548e-05, 0.0007868691311456133,
            0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0);

    /// <summary>The polynomial of degree 7 with <paramref name="c7"/> its highest coefficient.</summary>
    private static double Horner(
        double x, double c7, double c6, double c5, double c4, double c3, double c2, double c1, double c0) =>
        ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0;
}
