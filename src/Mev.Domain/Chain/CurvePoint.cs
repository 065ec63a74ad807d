namespace Mev.Domain.Chain;

/// <summary>
/// Whether 32 bytes name a point of the Ed25519 curve (RFC 8032 section 5.1.3), as Solana asks it of program addresses:
/// y of any size below 2^255 is taken modulo p, the sign of x plays no part, points of small order count.
/// </summary>
public static class CurvePoint
{
    /// <summary>d of the curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032), least limb first.</summary>
    private static readonly FieldElement D = new(
        0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73);

    /// <summary>
    /// x^2 = (y^2 - 1) / (d y^2 + 1) has a root. The divisor is never 0, since -1/d is no square, and a quotient is a
    /// square where the product is.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes.</exception>
    public static bool IsOnCurve(ReadOnlySpan<byte> bytes)
    {
        var ySquared = FieldElement.Read(bytes).Square();
        var numerator = ySquared - FieldElement.One;
        var divisor = ySquared * D + FieldElement.One;
        return (numerator * divisor).IsSquare();
    }
}
