using Mev.Domain.Learning;
using static Mev.Domain.Tests.Learning.LearningVectors;

namespace Mev.Domain.Tests.Learning;

public sealed class DetMathTests
{
    private static readonly (string Name, Func<double, double> Function)[] Functions =
    [
        ("exp", DetMath.Exp),
        ("ln", DetMath.Ln),
        ("normal_cdf", DetMath.NormalCdf),
        ("normal_pdf", DetMath.NormalPdf),
        ("normal_inverse_cdf", DetMath.NormalInverseCdf),
    ];

    [Fact]
    public void All_46_vectors_agree_to_the_bit()
    {
        using var json = Read("detmath.json");
        var checkedCount = 0;
        foreach (var (name, function) in Functions)
        {
            foreach (var vector in json.RootElement.GetProperty(name).GetProperty("vectors").EnumerateArray())
            {
                var x = FromBits(vector.GetProperty("x_bits").GetString()!);
                Assert.Equal($"{name}({x:R}) {vector.GetProperty("y_bits")}", $"{name}({x:R}) {Bits(function(x))}");
                checkedCount++;
            }
        }
        Assert.Equal(46, checkedCount);
    }

    [Theory]
    [InlineData("exp", -0.6, "3fe18fdd6b9604e4")]
    [InlineData("exp", -300.25, "24dc758233102ace")]
    [InlineData("ln", 0.008, "c013503179f229e7")]
    [InlineData("ln", 5e-324, "c0874385446d71c3")]
    [InlineData("normal_cdf", -8.0, "3cc669d2c5c7babe")]
    [InlineData("normal_pdf", -2.5, "3f91f2f0557f5257")]
    [InlineData("normal_inverse_cdf", 0.975, "3fff5c0331eeff82")]
    [InlineData("normal_inverse_cdf", 1e-300, "c04286074064c26e")]
    public void Known_answers_agree_to_the_bit(string name, double x, string bits) =>
        Assert.Equal(bits, Bits(Functions.Single(f => f.Name == name).Function(x)));

    [Fact]
    public void Exp_and_ln_are_within_two_units_in_the_last_place_of_the_platform()
    {
        for (var i = -7000; i <= 7000; i++)
        {
            var x = i / 10.0 + 1.0 / 3.0;
            AssertClose(Math.Exp(x), DetMath.Exp(x));
            AssertClose(Math.Log(Math.Exp(x)), DetMath.Ln(Math.Exp(x)));
        }
    }

    [Fact]
    public void Arguments_at_the_edges_have_their_limits()
    {
        Assert.Equal(double.PositiveInfinity, DetMath.Exp(709.79));
        Assert.Equal(double.PositiveInfinity, DetMath.Exp(double.PositiveInfinity));
        Assert.True(double.IsFinite(DetMath.Exp(709.782712893384)));
        Assert.Equal(0.0, DetMath.Exp(-745.14));
        Assert.True(DetMath.Exp(-745.0) > 0.0);
        Assert.Equal(0.0, DetMath.Exp(double.NegativeInfinity));
        Assert.True(double.IsNaN(DetMath.Exp(double.NaN)));
        Assert.Equal(double.NegativeInfinity, DetMath.Ln(0.0));
        Assert.Equal(double.PositiveInfinity, DetMath.Ln(double.PositiveInfinity));
        Assert.True(double.IsNaN(DetMath.Ln(-1.0)));
        Assert.True(double.IsNaN(DetMath.Ln(double.NaN)));
        Assert.Equal(0.0, DetMath.NormalCdf(-40.0));
        Assert.Equal(1.0, DetMath.NormalCdf(40.0));
        Assert.Equal(double.NegativeInfinity, DetMath.NormalInverseCdf(0.0));
        Assert.Equal(double.PositiveInfinity, DetMath.NormalInverseCdf(1.0));
        Assert.True(double.IsNaN(DetMath.NormalInverseCdf(1.5)));
        Assert.True(double.IsNaN(DetMath.NormalInverseCdf(-0.5)));
        Assert.True(double.IsNaN(DetMath.NormalInverseCdf(double.NaN)));
    }

    [Fact]
    public void The_inverse_undoes_the_distribution_function()
    {
        for (var x = -6.0; x <= 6.0; x += 0.01)
        {
            var tolerance = 1e-9 + 4e-16 / DetMath.NormalPdf(x);
            Assert.Equal(x, DetMath.NormalInverseCdf(DetMath.NormalCdf(x)), tolerance);
        }
    }

    private static void AssertClose(double expected, double actual)
    {
        var distance = Math.Abs(
            BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual));
        Assert.True(distance <= 2, $"{expected:R} against {actual:R}");
    }
}
