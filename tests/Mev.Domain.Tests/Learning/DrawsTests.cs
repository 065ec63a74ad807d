using System.Globalization;
using System.Text.Json;
using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.LearningVectors;

namespace Mev.Domain.Tests.Learning;

public sealed class DrawsTests
{
    private const int Samples = 200_000;
    private const double KolmogorovSmirnovMax = 1.628; // 1 % point
    private const double ChiSquareMax = 310.5;

    private static readonly DrawStream Vectors = new(RandomKey.Of("arb-1", 1), 0x1d16a3b49486efa5);

    [Fact]
    public void Every_drawn_vector_agrees_to_the_bit()
    {
        using var json = Read("posterior-vectors.json");
        var expected = json.RootElement.GetProperty("draws");
        Assert.Equal(expected.GetProperty("rng_key").GetProperty("key").GetString(), $"0x{Vectors.Key}");
        AssertAll(expected.GetProperty("purpose_1_u64"), word => word.GetString()!, DrawnWords(4));
        AssertAll(expected.GetProperty("purpose_1_uniform"), x => Bits(x.GetDouble()), Drawn(4, Law.Uniform));
        AssertAll(expected.GetProperty("purpose_1_normal"), x => Bits(x.GetDouble()), Drawn(7, Law.Normal));
        Assert.Equal(expected.GetProperty("purpose_0x200_beta_9_1").GetDouble(), Beta(0x200, 9, 1));
        Assert.Equal(expected.GetProperty("purpose_0x100_beta_0.5_3").GetDouble(), Beta(0x100, 0.5, 3));
        Assert.Equal(expected.GetProperty("purpose_0x101_gamma_2.5").GetDouble(), Gamma(0x101, 2.5));
        Assert.Equal(expected.GetProperty("purpose_0x102_gamma_0.3").GetDouble(), Gamma(0x102, 0.3));
    }

    [Fact]
    public void Known_draws_come_out()
    {
        Assert.Equal(2.5079896551673007, Vectors.At(DrawPurposes.LocationNormals).Normal());
        Assert.Equal(0.9824265587228824, Beta(0x200, 9, 1));
        Assert.Equal(0.04299798167873561, Gamma(0x102, 0.3));
    }

    [Fact]
    public void Normals_pass_kolmogorov_and_smirnov() =>
        Assert.InRange(KolmogorovSmirnov((ref Draws draws) => draws.Normal()), 0.2, KolmogorovSmirnovMax);

    [Fact]
    public void Normals_that_are_a_little_wide_or_off_the_middle_fail_the_gate()
    {
        Assert.True(KolmogorovSmirnov((ref Draws draws) => 1.03 * draws.Normal()) > KolmogorovSmirnovMax);
        Assert.True(KolmogorovSmirnov((ref Draws draws) => 0.02 + draws.Normal()) > KolmogorovSmirnovMax);
    }

    [Fact]
    public void Uniforms_fill_256_cells_evenly() =>
        Assert.InRange(ChiSquare((ref Draws draws) => draws.Uniform()), 205.4, ChiSquareMax);

    [Fact]
    public void Uniforms_that_crowd_or_are_spread_too_evenly_fail_the_gate()
    {
        Assert.True(ChiSquare((ref Draws draws) => Math.Pow(draws.Uniform(), 1.02)) > ChiSquareMax);
        var count = 0;
        Assert.True(ChiSquare((ref Draws _) => count++ % 256 / 256.0) < 205.4);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(3.0, 40.0)]
    [InlineData(200.0, 50.0)]
    public void Beta_draws_have_the_moments_of_their_law(double alpha, double beta)
    {
        var (z, ratio) = BetaMoments(alpha, beta, new GammaLaw(alpha), new GammaLaw(beta));
        Assert.InRange(z, -4.0, 4.0);
        Assert.InRange(ratio, 0.98, 1.02);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(3.0, 40.0)]
    [InlineData(200.0, 50.0)]
    public void Beta_draws_of_a_law_one_count_off_or_turned_around_fail_the_gate(double alpha, double beta)
    {
        Assert.True(Math.Abs(BetaMoments(alpha, beta, new GammaLaw(alpha + 1.0), new GammaLaw(beta)).Z) > 4.0);
        Assert.True(
            alpha == beta || Math.Abs(BetaMoments(alpha, beta, new GammaLaw(beta), new GammaLaw(alpha)).Z) > 4.0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_shape_that_is_none_is_refused(double shape) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GammaLaw(shape));

    private delegate double Number(ref Draws draws);

    private static double KolmogorovSmirnov(Number normal)
    {
        var draws = new DrawStream(RandomKey.Of("ks", 1), 1).At(DrawPurposes.LocationNormals);
        var sorted = new double[Samples];
        for (var i = 0; i < Samples; i++) sorted[i] = normal(ref draws);
        Array.Sort(sorted);
        var distance = 0.0;
        for (var i = 0; i < Samples; i++)
        {
            var p = DetMath.NormalCdf(sorted[i]);
            distance = Math.Max(distance, Math.Max(p - (double)i / Samples, (i + 1.0) / Samples - p));
        }
        return Math.Sqrt(Samples) * distance;
    }

    private static double ChiSquare(Number uniform)
    {
        var draws = new DrawStream(RandomKey.Of("chi", 1), 2).At(DrawPurposes.LocationNormals);
        var cells = new int[256];
        for (var i = 0; i < Samples; i++) cells[Math.Min(255, (int)(256 * uniform(ref draws)))]++;
        var expected = Samples / 256.0;
        return cells.Sum(count => (count - expected) * (count - expected) / expected);
    }

    /// <summary>Distance of the mean from the law's in standard errors; and the variance over the law's.</summary>
    private static (double Z, double Ratio) BetaMoments(double alpha, double beta, GammaLaw x, GammaLaw y)
    {
        var draws = new DrawStream(RandomKey.Of("beta", 1), 3).At(DrawPurposes.BetaArm);
        var (sum, squares) = (0.0, 0.0);
        var mean = alpha / (alpha + beta);
        for (var i = 0; i < Samples; i++)
        {
            var deviation = draws.Beta(x, y) - mean;
            sum += deviation;
            squares += deviation * deviation;
        }
        var variance = alpha * beta / ((alpha + beta) * (alpha + beta) * (alpha + beta + 1.0));
        return (sum / Samples / Math.Sqrt(variance / Samples), squares / Samples / variance);
    }

    private enum Law
    {
        Uniform,
        Normal,
    }

    private static string[] DrawnWords(int count)
    {
        var draws = Vectors.At(DrawPurposes.LocationNormals);
        var words = new string[count];
        for (var i = 0; i < count; i++) words[i] = draws.Word().ToString("x16", CultureInfo.InvariantCulture);
        return words;
    }

    private static string[] Drawn(int count, Law law)
    {
        var draws = Vectors.At(DrawPurposes.LocationNormals);
        var values = new string[count];
        for (var i = 0; i < count; i++) values[i] = Bits(law == Law.Uniform ? draws.Uniform() : draws.Normal());
        return values;
    }

    private static double Beta(uint purpose, double alpha, double beta) =>
        Vectors.At(purpose).Beta(new GammaLaw(alpha), new GammaLaw(beta));

    private static double Gamma(uint purpose, double shape) => Vectors.At(purpose).Gamma(new GammaLaw(shape));

    private static void AssertAll(JsonElement expected, Func<JsonElement, string> read, string[] actual) =>
        Assert.Equal(expected.EnumerateArray().Select(read), actual);
}
