using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Domain.Opportunities;
using Mev.Domain.Tests.Decisions;

namespace Mev.Domain.Tests.Bundles;

public sealed class PaperTermsTests
{
    private const int Count = 200_000;

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
        var tips = Drawn(TipFloorLaw.September2024);

        Assert.True(tips[0] >= 1_000);
        Assert.Equal(1_000, tips[0]);
        // Published: 6,001, 10,000, 36,197, 1,447,906, 10,007,999; the bands are five standard errors wide.
        Assert.InRange(tips[Count / 4], 5_900, 6_100);
        Assert.InRange(tips[Count / 2], 9_800, 10_200);
        Assert.InRange(tips[Count / 4 * 3], 33_000, 39_500);
        Assert.InRange(tips[Count / 100 * 95], 1_250_000, 1_650_000);
        Assert.InRange(tips[Count / 100 * 99], 8_200_000, 12_000_000);
    }

    /// <summary>Published: about 1,000, 4,000 to 4,500, 14,000 to 20,000; the first does not fit.</summary>
    [Fact]
    public void Floor_of_2026_is_the_same_law_at_its_median()
    {
        var tips = Drawn(TipFloorLaw.January2026);

        Assert.Equal(1_000, tips[0]);
        Assert.InRange(tips[Count / 4], 2_500, 2_600);
        Assert.InRange(tips[Count / 2], 4_165, 4_335);
        Assert.InRange(tips[Count / 4 * 3], 14_000, 16_800);
    }

    [Fact]
    public void An_order_is_built_with_the_law_of_its_parameters()
    {
        Assert.InRange(FloorOf(TipFloorLaw.January2026) / FloorOf(TipFloorLaw.September2024), 0.424, 0.426);

        static double FloorOf(TipFloorLaw law)
        {
            var parameters = new StrategyParameters { Id = "arb-1", TipFloorLaw = law };
            var built = new PaperOrderBuilder(parameters).Build(
                Chances.Of(1_000_000), Route.Fast, new Lamports(1), new DrawStream(Key, 5), null!);
            Assert.True(PaperOrder.TryDecode(built.Message.Span, out var order));
            return order!.TipFloor.Value;
        }
    }

    private static long[] Drawn(TipFloorLaw law)
    {
        var tips = new long[Count];
        for (var i = 0; i < Count; i++)
            tips[i] = TipFloorMixture.Of(law).Draw(new DrawStream(Key, (ulong)i)).Value;
        Array.Sort(tips);
        return tips;
    }
}
