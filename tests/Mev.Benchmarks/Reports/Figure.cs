namespace Mev.Benchmarks.Reports;

/// <summary>One figure of a run.</summary>
/// <param name="Name">Its permanent name, which limits refer to.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="Target">What is to be reached, for people; empty when nothing is.</param>
/// <param name="IsMet">Whether it is; null without a target.</param>
/// <param name="Note">Workload and what else was seen.</param>
internal sealed record Figure(string Name, double Value, string Unit, string Target, bool? IsMet, string Note)
{
    public static Figure Of(string name, double value, string unit, string note = "") =>
        new(name, value, unit, "", null, note);
}
