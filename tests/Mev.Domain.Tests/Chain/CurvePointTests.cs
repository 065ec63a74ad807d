using System.Numerics;
using System.Security.Cryptography;
using CsCheck;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Domain.Tests.Chain;

public sealed class CurvePointTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    private static readonly BigInteger D =
        (P - 121_665) * BigInteger.ModPow(121_666, P - 2, P) % P; // -121665/121666, RFC 8032

    [Fact]
    public void It_says_what_the_curves_equation_says() => Gen.Byte.Array[32].Sample(
        bytes => Assert.Equal(HasRoot(bytes), CurvePoint.IsOnCurve(bytes)), iter: Soak.Times(2_000, 200_000));

    [Fact]
    public void It_agrees_around_every_boundary_of_the_field()
    {
        BigInteger[] edges =
        [
            0, P, P / 2, BigInteger.Pow(2, 64), BigInteger.Pow(2, 128), BigInteger.Pow(2, 192), BigInteger.Pow(2, 255),
        ];
        foreach (var edge in edges)
        {
            for (var near = -40; near <= 40; near++)
            {
                var value = edge + near;
                if (value < 0 || value >= BigInteger.Pow(2, 255)) continue;
                var bytes = new byte[32];
                value.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
                Assert.Equal(HasRoot(bytes), CurvePoint.IsOnCurve(bytes));
            }
        }
    }

    [Fact]
    public void The_sign_of_x_plays_no_part() => Gen.Byte.Array[32].Sample(bytes =>
    {
        var other = bytes.ToArray();
        other[31] ^= 0x80;
        Assert.Equal(CurvePoint.IsOnCurve(bytes), CurvePoint.IsOnCurve(other));
    });

    [Fact]
    public void A_derived_address_is_the_first_hash_that_misses_the_curve() =>
        Gen.Byte.Array[0, 32].Array[0, 15].Sample(IsFirstOffCurve, iter: Soak.Times(200, 20_000));

    [Fact]
    public void Seeds_beyond_the_bounds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ProgramAddress.Find(default, new byte[33]));
        var seeds = Enumerable.Repeat(new byte[1], 16).ToArray();
        Assert.Throws<ArgumentException>(() => ProgramAddress.Find(default, seeds));
    }

    private static void IsFirstOffCurve(byte[][] seeds)
    {
        var program = new Pubkey(SHA256.HashData([7]));
        var (address, bump) = ProgramAddress.Find(program, seeds);
        byte[] before = [.. seeds.SelectMany(seed => seed)];
        byte[] after = [.. program.ToArray(), .. "ProgramDerivedAddress"u8];
        for (var higher = 255; higher >= bump; higher--)
        {
            var hash = SHA256.HashData([.. before, (byte)higher, .. after]);
            Assert.Equal(higher > bump, CurvePoint.IsOnCurve(hash));
            if (higher == bump) Assert.Equal(new Pubkey(hash), address);
        }
    }

    /// <summary>x^2 = (y^2 - 1) / (d y^2 + 1) with a division, and Euler's criterion as it stands.</summary>
    private static bool HasRoot(byte[] bytes)
    {
        var y = new BigInteger(bytes, isUnsigned: true) % BigInteger.Pow(2, 255);
        var ySquared = y * y % P;
        var xSquared = (ySquared - 1 + P) * BigInteger.ModPow(D * ySquared + 1, P - 2, P) % P;
        return xSquared.IsZero || BigInteger.ModPow(xSquared, (P - 1) / 2, P).IsOne;
    }
}
