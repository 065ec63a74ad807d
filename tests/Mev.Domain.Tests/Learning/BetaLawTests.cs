using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class BetaLawTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(5_000)]
    public void Quantiles_of_a_single_success_or_failure_have_their_closed_form(int n)
    {
        foreach (var p in (double[])[0.05, 0.5, 0.95])
        {
            Assert.Equal(Math.Pow(p, 1.0 / n), new BetaLaw(n, 1).Quantile(p), 1e-10);
            Assert.Equal(1.0 - Math.Pow(1.0 - p, 1.0 / n), new BetaLaw(1, n).Quantile(p), 1e-10);
        }
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(9, 1)]
    [InlineData(17, 29)]
    [InlineData(4, 60)]
    public void The_distribution_function_is_the_binomial_tail(int alpha, int beta)
    {
        var law = new BetaLaw(alpha, beta);
        for (var x = 0.01; x < 1.0; x += 0.01)
            Assert.Equal(BinomialTail(alpha + beta - 1, alpha, x), law.Cdf(x), 1e-11);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(120.0, 3.0)]
    [InlineData(40_000.0, 90_000.0)]
    public void A_quantile_is_where_the_distribution_function_has_that_value(double alpha, double beta)
    {
        var law = new BetaLaw(alpha, beta);
        foreach (var p in (double[])[0.05, 0.3, 0.95])
            Assert.Equal(p, law.Cdf(law.Quantile(p)), 1e-9);
        Assert.Equal(0.0, law.Cdf(0.0));
        Assert.Equal(1.0, law.Cdf(1.0));
    }

    /// <summary>P(at least k of n), each with probability x.</summary>
    private static double BinomialTail(int n, int k, double x)
    {
        var sum = 0.0;
        for (var i = k; i <= n; i++)
        {
            var term = 1.0;
            for (var j = 1; j <= i; j++) term *= (n - i + j) / (double)j * x;
            for (var j = 0; j < n - i; j++) term *= 1.0 - x;
            sum += term;
        }
        return sum;
    }
}
