namespace Mev.Benchmarks.Reports;

/// <summary>A bound of a figure, or of its ratio to another of the same run.</summary>
/// <param name="Name">The figure.</param>
/// <param name="Over">The figure that it is divided by; null for the figure itself.</param>
/// <param name="Min">The least allowed; null without.</param>
/// <param name="Max">The most allowed; null without.</param>
internal sealed record Limit(string Name, string? Over, double? Min, double? Max)
{
    /// <summary>The bound for people.</summary>
    public string Bound => Min is { } min
        ? FormattableString.Invariant($">= {min:#,0.###}")
        : FormattableString.Invariant($"<= {Max:#,0.###}");

    public override string ToString() => Over is null ? Name : $"{Name} / {Over}";

    /// <summary>What the run measured; NaN, which holds no bound, when a part of it is missing.</summary>
    public double Of(Report report) => report.Value(Name) / (Over is null ? 1 : report.Value(Over));

    public bool Holds(double value) =>
        value >= (Min ?? double.NegativeInfinity) && value <= (Max ?? double.PositiveInfinity);
}
