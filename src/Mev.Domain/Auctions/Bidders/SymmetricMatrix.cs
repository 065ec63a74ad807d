namespace Mev.Domain.Auctions.Bidders;

/// <summary>A small symmetric matrix, the identity at first, for the regressions of the baselines.</summary>
/// <param name="length">Rows.</param>
internal sealed class SymmetricMatrix(int length)
{
    private readonly double[] _entries = Identity(length);
    private readonly double[] _factor = new double[length * length];

    /// <summary>Sets every entry to 0 but the diagonal.</summary>
    public void Reset(double diagonal)
    {
        Array.Clear(_entries);
        for (var i = 0; i < length; i++) _entries[i * length + i] = diagonal;
    }

    /// <summary>The matrix times <paramref name="x"/>.</summary>
    public void Times(ReadOnlySpan<double> x, Span<double> result)
    {
        for (var i = 0; i < length; i++)
            result[i] = LogisticFeatures.Dot(_entries.AsSpan(i * length, length), x);
    }

    /// <summary>Adds a multiple of the outer product of <paramref name="x"/> with itself.</summary>
    public void AddOuter(ReadOnlySpan<double> x, double weight)
    {
        for (var i = 0; i < length; i++)
        {
            var row = _entries.AsSpan(i * length, length);
            var factor = weight * x[i];
            for (var j = 0; j < length; j++) row[j] += factor * x[j];
        }
    }

    /// <summary>Multiplies variances by <paramref name="factor"/>, none beyond <paramref name="most"/>.</summary>
    public void Widen(double factor, double most)
    {
        Span<double> roots = stackalloc double[length];
        for (var i = 0; i < length; i++)
            roots[i] = Math.Sqrt(Math.Max(1.0, Math.Min(factor, most / _entries[i * length + i])));
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < length; j++)
                _entries[i * length + j] *= roots[i] * roots[j];
        }
    }

    /// <summary>The lower Cholesky factor times <paramref name="x"/>.</summary>
    public void FactorTimes(ReadOnlySpan<double> x, Span<double> result)
    {
        Factorise();
        for (var i = 0; i < length; i++)
            result[i] = LogisticFeatures.Dot(_factor.AsSpan(i * length, i + 1), x);
    }

    /// <summary>Solves the system for <paramref name="right"/> in place; the matrix is positive definite.</summary>
    public void Solve(Span<double> right)
    {
        Factorise();
        for (var i = 0; i < length; i++)
        {
            for (var k = 0; k < i; k++) right[i] -= _factor[i * length + k] * right[k];
            right[i] /= _factor[i * length + i];
        }
        for (var i = length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < length; k++) right[i] -= _factor[k * length + i] * right[k];
            right[i] /= _factor[i * length + i];
        }
    }

    private void Factorise()
    {
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = _entries[i * length + j];
                for (var k = 0; k < j; k++) sum -= _factor[i * length + k] * _factor[j * length + k];
                _factor[i * length + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / _factor[j * length + j];
            }
        }
    }

    private static double[] Identity(int length)
    {
        var entries = new double[length * length];
        for (var i = 0; i < length; i++) entries[i * length + i] = 1.0;
        return entries;
    }
}
