using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using static Mev.Domain.Tests.Pools.MeteoraDlmm.MeteoraDlmmPoolTests;

namespace Mev.Domain.Tests.Pools.MeteoraDlmm;

/// <summary>What a pair's quotes owe to the clock: its fee, and whether it is open.</summary>
public sealed class MeteoraDlmmClockTests
{
    [Fact]
    public void The_fee_falls_with_the_time_since_the_last_move_and_never_below_the_base()
    {
        var pool = Ladder.Pool();
        int[] waits = [0, 29, 30, 599, 600, 1_000_000];
        var outputs = waits.Select(seconds => Out(pool, At(Moved + seconds))).ToList();
        Assert.Equal(outputs[0], outputs[1]); // the filter period
        Assert.True(outputs[1] < outputs[2], "a part of the volatility is forgotten");
        Assert.Equal(outputs[2], outputs[3]); // until the decay period
        Assert.True(outputs[3] < outputs[4], "all of it is forgotten");
        Assert.Equal(outputs[4], outputs[5]);
        var rate = pool.MarginalRate(SwapDirection.AToB);
        Assert.InRange(outputs[5], rate * 100_000 - 2, rate * 100_000);
        Assert.Equal(2_000_000, pool.BaseFeeRate);
    }

    [Fact]
    public void A_clock_behind_the_last_move_counts_as_its_time_and_an_unknown_one_cannot_tell()
    {
        var pool = Ladder.Pool();
        Assert.Equal(Out(pool, At(Moved)), Out(pool, At(Moved - 3)));
        Assert.Equal(QuoteError.NotQuotable, Quote(pool, At(0)).Error);
        Assert.Equal(0, pool.FillCurve(SwapDirection.AToB, At(0), new CurveSegment[4]));
        Assert.True(Quote((Ladder with { LastUpdate = 0 }).Pool(), At(0)).IsOk);
    }

    [Theory]
    [InlineData(0, 500, 499, 9_999, QuoteError.NotOpenYet)]
    [InlineData(0, 500, 500, 9_999, QuoteError.None)]
    [InlineData(1, Moved + 500, 9_999, Moved + 499, QuoteError.NotOpenYet)]
    [InlineData(1, Moved + 500, 9_999, Moved + 500, QuoteError.None)]
    [InlineData(1, Moved + 500, 9_999, 0, QuoteError.NotQuotable)]
    public void A_pair_opens_at_a_slot_or_a_time(int type, long point, long slot, long time, QuoteError expected)
    {
        var pool = (Ladder with { ActivationType = (byte)type, ActivationPoint = (ulong)point }).Pool();
        Assert.Equal(expected, Quote(pool, new ChainClock(new Slot((ulong)slot), time)).Error);
    }

    [Fact]
    public void A_disabled_pair_refuses_and_has_no_rate()
    {
        var pool = (Ladder with { Status = 1 }).Pool();
        Assert.Equal(QuoteError.SwapDisabled, Quote(pool, At(Moved)).Error);
        Assert.Equal("PoolDisabled:6042", QuoteErrors.ProgramName(Protocol.MeteoraDlmm, QuoteError.SwapDisabled));
        Assert.Equal(0, pool.MarginalRate(SwapDirection.BToA));
        Assert.Equal(0, pool.FillCurve(SwapDirection.BToA, new CurveSegment[4]));
    }

    private static Quote Quote(MeteoraDlmmPool pool, in ChainClock clock) =>
        pool.QuoteExactIn(SwapDirection.AToB, new TokenAmount(100_000), clock);

    private static double Out(MeteoraDlmmPool pool, in ChainClock clock)
    {
        var quote = Quote(pool, clock);
        Assert.True(quote.IsOk);
        return quote.AmountOut.Units;
    }
}
