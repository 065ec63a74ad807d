using System.Numerics;
using CsCheck;
using Mev.Domain.Pools.MeteoraDlmm;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

public sealed class BinPriceTests
{
    private static readonly BigInteger Q = BigInteger.One << 64;

    [Fact]
    public void Prices_are_close_to_the_power_that_they_stand_for_and_rise_with_the_bin()
    {
        foreach (var step in new[] { 1, 10, 80, 400 })
        {
            var last = UInt128.Zero;
            for (var bin = -2_000; bin <= 2_000; bin += 25)
            {
                if (Math.Abs(bin) * step > 80_000) continue; // few digits are left
                var price = BinPrice.At(bin, step).Value;
                Assert.True(price > last);
                last = price;
                Assert.InRange((double)price / Math.ScaleB(1, 64) / Math.Pow(1 + step / 1e4, bin), 0.999999, 1.000001);
            }
        }
        Assert.Equal(UInt128.One << 64, BinPrice.At(0, 25).Value);
    }

    [Theory] // of recorded bins
    [InlineData(-30, 10, "17901828741379573416")]
    [InlineData(34, 250, "42710154830989529063")]
    public void Prices_are_those_that_the_program_stored(int bin, int step, string price) =>
        Assert.Equal(price, BinPrice.At(bin, step).Value.ToString());

    [Fact]
    public void Amounts_at_a_price_are_rounded_against_the_user_and_never_wrap() =>
        Gen.Select(Gen.Int[-443_636, 443_636], Gen.Int[1, 400], Gen.ULong, Gen.Int[0, 63], Gen.Bool).Sample(
            (bin, step, value, shift, isXToY) =>
            {
                var (price, amount) = (BinPrice.At(bin, step), value >> shift);
                var exact = (BigInteger)price.Value;
                if (exact.IsZero) return;
                var output = isXToY ? amount * exact / Q : amount * Q / exact;
                Assert.Equal(output <= ulong.MaxValue, price.TryOut(isXToY, amount, out var given));
                if (output <= ulong.MaxValue) Assert.Equal(output, given);
                var input = isXToY ? (amount * Q + exact - 1) / exact : (amount * exact + Q - 1) / Q;
                var isCountable = price.TryIn(isXToY, amount, out var taken);
                if (amount == 0) return;
                Assert.Equal(input <= ulong.MaxValue, isCountable);
                if (isCountable) Assert.Equal(input, taken);
            }, iter: 50_000);
}
