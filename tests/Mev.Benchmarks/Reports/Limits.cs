using System.Text.Json;

namespace Mev.Benchmarks.Reports;

/// <summary>The limits of <c>docs/slo.json</c>: for figures by name, the least or the most that is allowed.</summary>
internal sealed record Limits(IReadOnlyList<Limits.Limit> Figures)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="InvalidDataException">The file holds no limits.</exception>
    public static Limits Read(string path)
    {
        var limits = JsonSerializer.Deserialize<Limits>(File.ReadAllText(path), Json);
        return limits is { Figures.Count: > 0 } ? limits : throw new InvalidDataException($"{path}: no limits");
    }

    /// <summary>
    /// Prints every limit beside what was measured, and says whether all hold. A missing figure is a miss.
    /// </summary>
    public bool Check(Report report)
    {
        var misses = 0;
        Console.WriteLine();
        foreach (var limit in Figures)
        {
            var value = report.Value(limit.Name);
            var holds = value >= (limit.Min ?? double.NegativeInfinity)
                && value <= (limit.Max ?? double.PositiveInfinity);
            if (!holds) misses++;
            var bound = limit.Min is { } min ? $">= {min}" : $"<= {limit.Max}";
            Console.WriteLine($"{(holds ? "ok    " : "MISSED")} {limit.Name}: {value:0.###}, limit {bound}");
        }
        Console.WriteLine($"{Figures.Count - misses} of {Figures.Count} limits hold");
        return misses == 0;
    }

    internal sealed record Limit(string Name, double? Min, double? Max);
}
