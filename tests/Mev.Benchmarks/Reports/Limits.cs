using System.Text.Json;

namespace Mev.Benchmarks.Reports;

/// <summary>
/// The limits of <c>docs/slo.json</c>. Targets are what is to be reached, met or not. Guards say how far a figure may
/// fall back: ratios to another figure of the same run, since the machine's own noise moves both.
/// </summary>
internal sealed record Limits(IReadOnlyList<Limit> Targets, IReadOnlyList<Limit> Guards)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="InvalidDataException">The file holds no limits.</exception>
    public static Limits Read(string path)
    {
        try
        {
            var limits = JsonSerializer.Deserialize<Limits>(File.ReadAllText(path), Json);
            return limits is { Targets.Count: > 0, Guards.Count: > 0 }
                ? limits
                : throw new InvalidDataException($"{path}: no targets or no guards");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>The target of a figure; null when it has none.</summary>
    public Limit? TargetOf(string figure) => Targets.FirstOrDefault(target => target.Name == figure);

    /// <summary>
    /// Prints every limit beside what was measured, and says whether all hold. A missing figure is a miss.
    /// </summary>
    public bool Check(Report report)
    {
        var missed = Print("targets", Targets, report);
        var broken = Print("guards", Guards, report);
        return missed + broken == 0;
    }

    private static int Print(string kind, IReadOnlyList<Limit> limits, Report report)
    {
        var misses = 0;
        Console.WriteLine();
        foreach (var limit in limits)
        {
            var value = limit.Of(report);
            var holds = limit.Holds(value);
            if (!holds) misses++;
            Console.WriteLine(FormattableString.Invariant(
                $"{(holds ? "ok    " : "MISSED")} {limit}: {value:0.###}, {limit.Bound}"));
        }
        Console.WriteLine($"{limits.Count - misses} of {limits.Count} {kind} hold");
        return misses;
    }
}
