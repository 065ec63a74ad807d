using System.Numerics;
using CsCheck;
using Mev.Domain.Pools.ConcentratedLiquidity;

namespace Mev.Domain.Tests.Pools.ConcentratedLiquidity;

public sealed class WideMathTests
{
    // Limbs at the edges are what makes an estimated digit too large.
    private static readonly Gen<ulong> Limb = Gen.OneOf(
        Gen.ULong,
        Gen.ULong[0, 3],
        Gen.ULong[0, 3].Select(value => ulong.MaxValue - value),
        Gen.Int[0, 63].Select(bit => 1UL << bit));

    [Fact]
    public void Both_divisions_of_two_limbs_by_one_are_exact() =>
        Gen.Select(Limb, Limb, Limb).Where((high, _, divisor) => high < divisor).Sample((high, low, divisor) =>
        {
            var expected = BigInteger.DivRem(Wide(high, low), divisor, out var rest);
            var quotient = WideMath.Divide(high, low, divisor, out var left);
            var portable = WideMath.DividePortable(high, low, divisor, out var portableLeft);
            return quotient == expected && left == rest && portable == expected && portableLeft == rest;
        }, iter: 50_000);

    [Fact]
    public void A_shifted_quotient_of_two_limbs_is_exact() =>
        Gen.Select(Limb, Limb, Limb, Limb)
            .Where((n1, n0, d1, d0) => d1 != 0 && Wide(n1, n0) < Wide(d1, d0))
            .Sample((n1, n0, d1, d0) =>
            {
                var expected = BigInteger.DivRem(Wide(n1, n0) << 64, Wide(d1, d0), out var rest);
                var quotient = WideMath.DivideShifted(n1, n0, d1, d0, out var isExact);
                return quotient == expected && isExact == rest.IsZero;
            }, iter: 50_000);

    [Fact]
    public void A_shifted_quotient_of_three_limbs_is_exact() =>
        Gen.Select(Limb.Array[3], Limb.Array[3])
            .Where((n, d) => Wide(n) < Wide(d))
            .Sample((n, d) =>
            {
                var expected = BigInteger.DivRem(Wide(n) << 64, Wide(d), out var rest);
                var quotient = WideMath.DivideShifted(n[0], n[1], n[2], d[0], d[1], d[2], out var isExact);
                return quotient == expected && isExact == rest.IsZero;
            }, iter: 50_000);

    [Fact]
    public void A_wide_shifted_quotient_is_exact() =>
        Gen.Select(Limb.Array[3], Limb.Array[3])
            .Where((n, d) => !Wide(d).IsZero && Wide(n) >> 64 < Wide(d))
            .Sample((n, d) =>
            {
                var expected = BigInteger.DivRem(Wide(n) << 64, Wide(d), out var rest);
                var quotient = WideMath.DivideShiftedWide(n[0], n[1], n[2], d[0], d[1], d[2], out var isExact);
                return quotient == expected && isExact == rest.IsZero;
            }, iter: 50_000);

    private static BigInteger Wide(params ulong[] limbs) =>
        limbs.Aggregate(BigInteger.Zero, (sum, limb) => (sum << 64) | limb);
}
