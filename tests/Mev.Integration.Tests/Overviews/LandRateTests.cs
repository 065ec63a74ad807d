using Mev.Gateway.Overviews;

namespace Mev.Integration.Tests.Overviews;

/// <summary>The Wilson score interval at 95 %.</summary>
public sealed class LandRateTests
{
    /// <summary>Bounds from the closed form, worked out by hand with z = 1.959964.</summary>
    [Theory]
    [InlineData(0, 10, 0.0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1.0)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(48, 191, 0.1951, 0.3173)]
    public void The_interval_is_wilsons(long landed, long of, double low, double high)
    {
        var rate = new LandRate(landed, of);
        Assert.Equal((double)landed / of, rate.Value);
        Assert.Equal(low, rate.Low!.Value, 4);
        Assert.Equal(high, rate.High!.Value, 4);
    }

    [Fact]
    public void Without_a_settled_bundle_there_is_no_rate()
    {
        var rate = new LandRate(0, 0);
        Assert.Null(rate.Value);
        Assert.Null(rate.Low);
        Assert.Null(rate.High);
    }
}
