using Mev.Domain.Bundles;
using Mev.Gateway.Funnels;

namespace Mev.Integration.Tests.Funnels;

/// <summary>How the funnel stands in the answer.</summary>
public sealed class FunnelTests
{
    [Fact]
    public void Every_rate_names_its_denominator_in_all_and_for_each_value()
    {
        var counts = new LandingFunnel();
        for (var number = 0; number < 10; number++)
        {
            var labels = new LandingLabels(number < 4 ? "ny" : "tokyo", "leader", "<50k", "<p75");
            for (var stage = LandingStage.Decided; stage <= LandingStage.Accepted; stage++) counts.Reach(stage, labels);
            if (number < 3) counts.Reach(LandingStage.Landed, labels);
        }
        var funnel = Funnel.Of(counts, "assumed rivals");
        var rate = Assert.Single(funnel.All.Rates, one => one is
        {
            Of: LandingStage.Accepted, Reached: LandingStage.Landed,
        });
        Assert.Equal((3L, 10L, 0.3), (rate.Count, rate.OfCount, rate.Value));
        Assert.Equal((0.1078, 0.6032), (Math.Round(rate.Low!.Value, 4), Math.Round(rate.High!.Value, 4)));
        var regions = Assert.Single(funnel.By, group => group.Label == LandingLabel.Region).Parts;
        Assert.Equal(["ny", "tokyo"], regions.Select(part => part.Value));
        Assert.Equal([(3L, 4L), (0L, 6L)], regions.Select(part => part.Rates
            .Where(one => one is { Of: LandingStage.Sent, Reached: LandingStage.Landed })
            .Select(one => (one.Count, one.OfCount)).Single()));
        Assert.Equal("assumed rivals", funnel.Label);
    }
}
