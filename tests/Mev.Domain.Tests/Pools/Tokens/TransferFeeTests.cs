using CsCheck;
using Mev.Domain.Pools;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Tests.Pools.Tokens;

public sealed class TransferFeeTests
{
    [Theory]
    [InlineData(100, 50, 1_000, 5)]
    [InlineData(100, 50, 1_001, 6)] // rounded up
    [InlineData(100, 50, 1_000_000, 100)] // at most the maximum
    [InlineData(100, 0, 1_000_000, 0)]
    [InlineData(ulong.MaxValue, 10_000, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 9_999, ulong.MaxValue, 18_444_899_399_302_180_660)]
    public void A_fee_is_rounded_up_to_its_maximum(ulong maximum, int basisPoints, ulong amount, ulong fee) =>
        Assert.Equal(fee, new TransferFee(maximum, (ushort)basisPoints).Of(amount));

    [Theory]
    [InlineData(1_000, 50, 995, 1_000)]
    [InlineData(3, 50, 995, 998)] // the maximum
    [InlineData(7, 10_000, 5, 12)] // all of it, up to the maximum
    [InlineData(7, 50, 0, 0)]
    public void What_must_be_sent_is_worked_out_backwards(ulong maximum, int basisPoints, ulong net, ulong gross)
    {
        Assert.Equal(QuoteError.None, new TransferFee(maximum, (ushort)basisPoints).Gross(net, out var actual));
        Assert.Equal(gross, actual);
    }

    [Fact]
    public void What_must_be_sent_arrives_exactly_or_is_refused() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 63], Gen.UShort[0, 10_000], Gen.ULong, Gen.Int[0, 63]).Sample(
            (maximum, maximumShift, basisPoints, net, netShift) =>
            {
                var fee = new TransferFee(maximum >> maximumShift, basisPoints);
                if (fee.Gross(net >> netShift, out var gross) != QuoteError.None) return;
                Assert.Equal(net >> netShift, gross - fee.Of(gross));
            }, iter: 50_000);

    [Fact]
    public void At_usual_rates_nothing_is_refused()
    {
        var refused = 0;
        for (ulong net = 1; net <= 100_000; net++)
            if (new TransferFee(ulong.MaxValue, 300).Gross(net, out _) == QuoteError.NotQuotable) refused++;
        Assert.Equal(0, refused);
    }
}
