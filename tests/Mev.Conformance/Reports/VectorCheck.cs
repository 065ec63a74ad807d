using System.Globalization;
using Mev.Conformance.Vectors;
using Mev.Domain.Pools;

namespace Mev.Conformance.Reports;

/// <summary>Compares what a pool says about one vector with what the program did.</summary>
public sealed class VectorCheck(string vector)
{
    /// <summary>What differed.</summary>
    public List<Mismatch> Mismatches { get; } = [];

    /// <summary>Books a difference.</summary>
    public void Fail(string field, string expected, string actual) =>
        Mismatches.Add(new Mismatch(vector, field, expected, actual));

    /// <summary>Compares two texts.</summary>
    public void Equal(string field, string expected, string actual)
    {
        if (expected != actual) Fail(field, expected, actual);
    }

    /// <summary>Compares two numbers.</summary>
    public void Equal(string field, string expected, UInt128 actual) =>
        Equal(field, expected, actual.ToString(CultureInfo.InvariantCulture));

    /// <summary>Compares the refusal; true when both succeed, so that results can be compared.</summary>
    public bool BothSucceed(SwapVector swap, Protocol protocol, QuoteError error)
    {
        var expected = Refusals.Expected(swap);
        var actual = Refusals.Actual(swap, protocol, error);
        if (expected != actual) Fail("error", expected ?? "success", actual ?? "success");
        return expected is null && actual is null;
    }
}
