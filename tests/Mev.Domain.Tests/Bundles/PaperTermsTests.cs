using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Tests.Bundles;

public sealed class PaperTermsTests
{
    private static readonly RandomKey Key = RandomKey.Of("arb-1", 1);

    [Theory]
    [InlineData(Route.Standard, 302, 5_000)]
    [InlineData(Route.Fast, 301, 5_700)]
    public void Route_decides_delay_and_fee(Route route, ulong landsIn, long fee)
    {
        var terms = new PaperTerms { FastRouteFee = new Lamports(700) };

        var drawn = terms.For(new Slot(300), route, new DrawStream(Key, 5));

        Assert.Equal((new Slot(landsIn), new Lamports(fee)), (drawn.LandsIn, drawn.Fee));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => terms.For(new Slot(300), Route.Unknown, new DrawStream(Key, 5)));
    }

    [Fact]
    public void Floor_is_a_function_of_key_and_opportunity_alone()
    {
        var one = new OpportunityId(Digest.Of([1]));
        var other = new OpportunityId(Digest.Of([2]));
        var terms = new PaperTerms();

        Assert.Equal(Floor(one), Floor(one));
        Assert.NotEqual(Floor(one), Floor(other));

        Lamports Floor(OpportunityId id) => terms.For(default, Route.Fast, DrawStream.For(Key, id)).TipFloor;
    }

    [Fact]
    public void Floor_has_the_published_quantiles()
    {
        const int Count = 200_000;
        var tips = new long[Count];
        for (var i = 0; i < Count; i++)
            tips[i] = TipFloorMixture.September2024.Draw(new DrawStream(Key, (ulong)i)).Value;
        Array.Sort(tips);

        Assert.True(tips[0] >= 1_000);
        Assert.Equal(1_000, tips[0]);
        // Published: 6,001, 10,000, 36,197, 1,447,906, 10,007,999; the bands are five standard errors wide.
        Assert.InRange(tips[Count / 4], 5_900, 6_100);
        Assert.InRange(tips[Count / 2], 9_800, 10_200);
        Assert.InRange(tips[Count / 4 * 3], 33_000, 39_500);
        Assert.InRange(tips[Count / 100 * 95], 1_250_000, 1_650_000);
        Assert.InRange(tips[Count / 100 * 99], 8_200_000, 12_000_000);
    }
}
