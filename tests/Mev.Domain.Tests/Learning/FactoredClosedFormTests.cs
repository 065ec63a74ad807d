using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>The factored posterior against what has a closed form.</summary>
public sealed class FactoredClosedFormTests
{
    private const double Variance = 0.09;
    private const int Updates = 3_000;

    private static readonly DrawStream Stream = new(RandomKey.Of("closed-forms", 1), 1);

    [Fact]
    public void Exact_updates_equal_the_direct_solve_of_the_regression()
    {
        var law = new LocationLaw();
        var precision = new double[LocationLaw.Length, LocationLaw.Length];
        var right = new double[LocationLaw.Length];
        for (var i = 0; i < LocationLaw.Length; i++)
        {
            precision[i, i] = 1.0 / law.Covariance[LocationLaw.At(i, i)];
            right[i] = law.Mean[i] * precision[i, i];
        }
        var draws = Stream.At(DrawPurposes.LocationNormals);
        Span<double> x = stackalloc double[LocationLaw.Length];
        for (var update = 0; update < Updates; update++)
        {
            x[0] = 1.0;
            for (var i = 1; i < LocationLaw.Length; i++) x[i] = draws.Normal();
            var mean = LocationLaw.Dot(law.Mean, x);
            var z = mean + 0.1 * draws.Normal();
            law.ResidualVariance = Variance;
            law.Learn(new WinEvidence(WinEvidence.Knowledge.Exact, z), mean, x);
            for (var i = 0; i < LocationLaw.Length; i++)
            {
                right[i] += x[i] * z / Variance;
                for (var j = 0; j < LocationLaw.Length; j++) precision[i, j] += x[i] * x[j] / Variance;
            }
        }
        var solved = Solved(precision, right);
        for (var i = 0; i < LocationLaw.Length; i++) Assert.Equal(solved[i], law.Mean[i], 1e-11);
        for (var i = 0; i < LocationLaw.Length; i++)
        {
            var column = new double[LocationLaw.Length];
            column[i] = 1.0;
            Assert.Equal(Solved(precision, column)[i], law.Covariance[LocationLaw.At(i, i)], 1e-11);
        }
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Truncated_moments_equal_their_quadrature(double alpha)
    {
        AssertMoments(-12.0, alpha, TruncatedNormal.Below(alpha));
        AssertMoments(alpha, 12.0, TruncatedNormal.Above(alpha));
    }

    [Fact]
    public void Without_censoring_the_residual_law_is_the_empirical_distribution()
    {
        var law = Weightless();
        var counts = new int[ResidualLaw.BinsCount];
        var draws = Stream.At(DrawPurposes.LocationNormals);
        for (var i = 0; i < Updates; i++)
        {
            var residual = Math.Clamp(0.3 * draws.Normal(), -1.29, 0.89);
            law.Learn(new WinEvidence(WinEvidence.Knowledge.Exact, residual), 0.0);
            counts[(int)ResidualLaw.PlaceOf(residual)]++;
        }
        var below = 0.0;
        for (var bin = 0; bin < ResidualLaw.BinsCount; bin++)
        {
            Assert.Equal(below / Updates, BelowLowerEdge(law, bin), 1e-12);
            below += counts[bin];
        }
    }

    [Fact]
    public void Under_left_censoring_the_residual_law_is_the_reverse_Kaplan_Meier_estimate()
    {
        var law = Weightless();
        var exact = new int[ResidualLaw.BinsCount];
        var censored = new int[ResidualLaw.BinsCount + 1]; // known to be below the lower edge of this bin
        var draws = Stream.At(DrawPurposes.Survival);
        for (var i = 0; i < Updates; i++)
        {
            var bin = (int)(ResidualLaw.BinsCount * draws.Uniform());
            if (draws.Uniform() < 0.4)
            {
                law.Learn(new WinEvidence(WinEvidence.Knowledge.Below, MiddleOf(bin) - 0.025 - 1e-9), 0.0);
                censored[bin]++;
            }
            else
            {
                law.Learn(new WinEvidence(WinEvidence.Knowledge.Exact, MiddleOf(bin)), 0.0);
                exact[bin]++;
            }
        }
        var estimate = 1.0;
        var under = 0; // values at risk: in the bin, or known below it
        for (var bin = 0; bin < ResidualLaw.BinsCount; bin++) under += exact[bin];
        var above = 0;
        for (var bin = ResidualLaw.BinsCount - 1; bin >= 0; bin--)
        {
            var atRisk = under - above;
            for (var bound = 0; bound <= bin; bound++) atRisk += censored[bound];
            estimate *= 1.0 - exact[bin] / (double)atRisk;
            above += exact[bin];
            Assert.Equal(estimate, BelowLowerEdge(law, bin), 1e-12);
        }
    }

    private static double MiddleOf(int bin) => -1.3 + 0.05 * bin + 0.025;

    private static ResidualLaw Weightless()
    {
        var law = new ResidualLaw();
        Array.Fill(law.In, 1e-300);
        Array.Fill(law.Below, 1e-300);
        return law;
    }

    private static double BelowLowerEdge(ResidualLaw law, int bin)
    {
        var product = 1.0;
        for (var j = ResidualLaw.BinsCount - 1; j >= bin; j--)
            product *= 1.0 - law.In[j] / (law.In[j] + law.Below[j]);
        return product;
    }

    private static void AssertMoments(double low, double high, TruncatedNormal moments)
    {
        const int Steps = 200_000; // Simpson's rule
        var (mass, first, second) = (0.0, 0.0, 0.0);
        var step = (high - low) / Steps;
        for (var i = 0; i <= Steps; i++)
        {
            var x = low + i * step;
            var weight = (i is 0 or Steps ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * DetMath.NormalPdf(x);
            mass += weight;
            first += weight * x;
            second += weight * x * x;
        }
        var mean = first / mass;
        Assert.Equal(mean, moments.MeanShift, 1e-8);
        Assert.Equal(second / mass - mean * mean, 1.0 - moments.VarianceFactor, 1e-8);
    }

    /// <summary>Gauss and Jordan's elimination on a copy.</summary>
    private static double[] Solved(double[,] matrix, double[] right)
    {
        var (a, b, n) = ((double[,])matrix.Clone(), (double[])right.Clone(), right.Length);
        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var row = 0; row < n; row++)
            {
                if (row == pivot) continue;
                var factor = a[row, pivot] / a[pivot, pivot];
                for (var column = pivot; column < n; column++) a[row, column] -= factor * a[pivot, column];
                b[row] -= factor * b[pivot];
            }
        }
        for (var i = 0; i < n; i++) b[i] /= a[i, i];
        return b;
    }
}
