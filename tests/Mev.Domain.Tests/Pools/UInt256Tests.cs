using System.Numerics;
using CsCheck;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Pools;

public sealed class UInt256Tests
{
    /// <summary>Digits of all ones and all zeros among them, which make long division correct itself.</summary>
    private static readonly Gen<ulong> Limb = Gen.OneOf(
        Gen.ULong, Gen.Const(0UL), Gen.Const(ulong.MaxValue), Gen.Const(1UL << 63), Gen.ULong[0, 3]);

    private static readonly Gen<UInt128> Half = Gen.Select(Limb, Limb, (high, low) => new UInt128(high, low));

    private static readonly Gen<UInt256> Any = Gen.Select(Half, Half, (high, low) => new UInt256(high, low));

    private static readonly BigInteger Modulus = BigInteger.One << 256;

    [Fact]
    public void Sums_differences_and_products_are_those_of_integers_modulo_2_to_the_256() =>
        Gen.Select(Any, Any, Half).Sample((a, b, half) =>
        {
            Assert.Equal((Big(a) + Big(b)) % Modulus, Big(a + b));
            Assert.Equal((Modulus + Big(a) - Big(b)) % Modulus, Big(a - b));
            Assert.Equal(Big(a) * half % Modulus, Big(a * half));
            Assert.Equal((BigInteger)a.Low * half, Big(UInt256.Multiply(a.Low, half)));
            Assert.Equal(Big(a).CompareTo(Big(b)) > 0, a > b);
            Assert.Equal(Big(a).CompareTo(Big(b)) < 0, a < b);
            Assert.Equal(Big(a).CompareTo(Big(b)) >= 0, a >= b);
            Assert.Equal(Big(a).CompareTo(Big(b)) <= 0, a <= b);
        }, iter: 20_000);

    [Fact]
    public void Quotients_and_rests_are_those_of_integers() =>
        Gen.Select(Any, Any).Sample((a, b) =>
        {
            if (b == default) return;
            var quotient = UInt256.Divide(a, b, out var rest);
            Assert.Equal(BigInteger.DivRem(Big(a), Big(b)), (Big(quotient), Big(rest)));
            Assert.Equal(Big(quotient), Big(a / b));
            Assert.Equal(Big(quotient) + (rest == default ? 0 : 1), Big(UInt256.DivideUp(a, b)));
        }, iter: 100_000);

    private static BigInteger Big(UInt256 value) => ((BigInteger)value.High << 128) + value.Low;
}
