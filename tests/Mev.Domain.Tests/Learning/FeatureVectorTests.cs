using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class FeatureVectorTests
{
    [Theory]
    [InlineData(4_000_000, -0.5776226504666204, 0.0)]
    [InlineData(128_000_000, 2.310490601866485, 1.6104906018664848)]
    [InlineData(900_000, -1.8206683811147184, 0.0)]
    [InlineData(1_000, -2.5, 0.0)]
    [InlineData(1_000_000_000_000, 3.0, 2.3)]
    public void Size_is_the_clamped_standardised_logarithm(long value, double size, double largeSize)
    {
        var features = FeatureVector.Of(new Lamports(value), 0.3, false, 0.5, 0.5);
        Assert.Equal(size, features.Size);
        Assert.Equal(largeSize, features.LargeSize);
    }

    [Fact]
    public void The_vector_has_the_order_of_the_regression()
    {
        var features = FeatureVector.Of(new Lamports(128_000_000), 0.3, true, 0.05, 1.0);
        Span<double> x = stackalloc double[FeatureVector.Length];
        features.CopyTo(x);
        Assert.Equal(
            [1.0, features.Size, 0.3, 1.0, DetMath.Ln(0.1) + 0.6, 0.6, features.LargeSize],
            x.ToArray());
        Assert.Equal(1, features.YoungBin);
        Assert.Equal(0, default(FeatureVector).YoungBin);
    }

    [Theory]
    [InlineData(0.6, 0.8, 0)]
    [InlineData(0.61, 0.8, 1)]
    [InlineData(0.6, 0.81, 2)]
    [InlineData(0.61, 0.81, 3)]
    public void Survival_bins_split_by_congestion_and_position(double congestion, double position, byte bin) =>
        Assert.Equal(bin, FeatureVector.SurvivalBin(congestion, position));

    [Fact]
    public void A_value_that_is_not_positive_has_no_features() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureVector.Of(Lamports.Zero, 0, false, 0.5, 0.5));
}
