using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Domain.Tests.Bundles;

public sealed class LandingFunnelTests
{
    private static readonly LandingLabels Labels = new("tokyo", "leader", "<50k", "<p75");

    [Fact]
    public void Rates_name_their_denominator_and_their_interval()
    {
        var funnel = new LandingFunnel();
        for (var i = 0; i < 10; i++) funnel.Reach(LandingStage.Sent, Labels);
        for (var i = 0; i < 5; i++) funnel.Reach(LandingStage.Landed, Labels);
        funnel.Reach(LandingStage.Sent, Labels with { Region = "ny" });
        var rate = funnel.Rate(LandingStage.Sent, LandingStage.Landed, LandingLabel.Region, "tokyo");
        Assert.Equal(new Proportion(5, 10), rate);
        Assert.Equal(0.2366, rate.Low!.Value, 4);
        Assert.Equal(0.7634, rate.High!.Value, 4);
        Assert.Contains("5 of 10", rate.ToString());
        Assert.Equal(new Proportion(5, 11), funnel.Rate(LandingStage.Sent, LandingStage.Landed));
        Assert.Equal(["ny", "tokyo"], funnel.Values(LandingLabel.Region));
        var none = funnel.Rate(LandingStage.Landed, LandingStage.Finalized, LandingLabel.Tip, "x");
        Assert.Equal(new Proportion(0, 0), none);
        Assert.Null(new Proportion(0, 0).Value);
    }

    [Fact]
    public void A_landing_that_disappears_is_taken_back()
    {
        var funnel = new LandingFunnel();
        funnel.Reach(LandingStage.Landed, Labels);
        funnel.Leave(LandingStage.Landed, Labels);
        Assert.Equal(0, funnel.Count(LandingStage.Landed));
        Assert.Equal(0, funnel.Count(LandingStage.Landed, LandingLabel.Leader, "leader"));
    }

    [Fact]
    public void A_copy_has_every_count_and_stays_as_it_is()
    {
        var funnel = new LandingFunnel();
        funnel.Reach(LandingStage.Sent, Labels);
        var copy = funnel.Copy();
        funnel.Reach(LandingStage.Sent, Labels);
        Assert.Equal(1, copy.Count(LandingStage.Sent));
        Assert.Equal(1, copy.Count(LandingStage.Sent, LandingLabel.Units, "<50k"));
        Assert.Equal(["tokyo"], copy.Values(LandingLabel.Region));
        Assert.Equal(2, funnel.Count(LandingStage.Sent, LandingLabel.Units, "<50k"));
    }

    [Fact]
    public void Values_beyond_the_bound_are_counted_together()
    {
        var funnel = new LandingFunnel();
        for (var i = 0; i < LandingFunnel.ValuesMax + 3; i++)
            funnel.Reach(LandingStage.Sent, Labels with { Leader = $"leader {i}" });
        Assert.Equal(LandingFunnel.ValuesMax + 1, funnel.Values(LandingLabel.Leader).Count);
        Assert.Equal(3, funnel.Count(LandingStage.Sent, LandingLabel.Leader, LandingFunnel.Others));
        Assert.Equal(LandingFunnel.ValuesMax + 3, funnel.Count(LandingStage.Sent));
    }

    [Theory]
    [InlineData(49_999, "<50k")]
    [InlineData(50_000, "<100k")]
    [InlineData(199_999, "<200k")]
    [InlineData(200_000, "<500k")]
    [InlineData(999_999, "<1M")]
    [InlineData(1_400_000, "more")]
    public void Compute_units_fall_into_the_buckets_of_the_published_figures(uint units, string bucket) =>
        Assert.Equal(bucket, LandingLabels.UnitsBucket(units));

    [Fact]
    public void A_tip_falls_between_the_landed_ones()
    {
        var floor = new TipFloor
        {
            AtMs = 0,
            P25 = new(10),
            P50 = new(20),
            P75 = new(30),
            P95 = new(40),
            P99 = new(50),
            AverageP50 = new(20),
        };
        Assert.True(floor.IsMonotone);
        Assert.False((floor with { P50 = new(31) }).IsMonotone);
        Assert.Equal(
            ["<p25", "<p50", "<p75", "<p95", "<p99", "more"],
            new long[] { 9, 10, 29, 39, 49, 50 }.Select(tip => LandingLabels.TipBucket(new Lamports(tip), floor)));
        Assert.Equal("unknown", LandingLabels.TipBucket(new Lamports(9), null));
    }
}
