namespace Mev.Conformance.Reports;

/// <summary>A field in which a quote is not what the program did.</summary>
public sealed record Mismatch(string Vector, string Field, string Expected, string Actual);
