using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mev.Benchmarks.Reports;

/// <summary>The figures of one run: printed as they come, and written as JSON at the end.</summary>
internal sealed class Report(Limits limits)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly List<Figure> _figures = [];
    private readonly Machine _machine = Machine.This();
    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();

    public IReadOnlyList<Figure> Figures => _figures;

    public void Begin(string command)
    {
        Console.WriteLine($"{_machine}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_startedAt:yyyy-MM-dd HH:mm} UTC, {command}"));
    }

    public static void Section(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine("| figure | value | unit | target | | workload and notes |");
        Console.WriteLine("|---|---:|---|---|---|---|");
    }

    /// <summary>Adds a figure, with its target where it has one.</summary>
    public void Add(Figure measured)
    {
        var figure = limits.TargetOf(measured.Name) is { } target
            ? measured with { Target = target.Bound, IsMet = target.Holds(measured.Value) }
            : measured;
        _figures.Add(figure);
        var value = figure.Value switch
        {
            double.NaN => "none",
            >= 1_000 => figure.Value.ToString("#,0", CultureInfo.InvariantCulture),
            >= 100 => figure.Value.ToString("0", CultureInfo.InvariantCulture),
            _ => figure.Value.ToString("0.##", CultureInfo.InvariantCulture),
        };
        var verdict = figure.IsMet switch { true => "met", false => "missed", _ => "" };
        Console.WriteLine(
            $"| {figure.Name} | {value} | {figure.Unit} | {figure.Target} | {verdict} | {figure.Note} |");
    }

    /// <summary>The value of a figure; NaN when the run did not measure it.</summary>
    public double Value(string name) => _figures.FirstOrDefault(figure => figure.Name == name)?.Value ?? double.NaN;

    /// <summary>The figures that an earlier run wrote.</summary>
    /// <exception cref="InvalidDataException">The file is no report.</exception>
    public static Report Read(string path, Limits limits)
    {
        try
        {
            var report = new Report(limits);
            report._figures.AddRange(JsonSerializer.Deserialize<Written>(File.ReadAllText(path), Json)?.Figures ?? []);
            return report._figures.Count > 0 ? report : throw new InvalidDataException($"{path}: no figures");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: {failure.Message}", failure);
        }
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var ended = TimeProvider.System.GetUtcNow();
        var run = new
        {
            Machine = _machine,
            LoadAfter = Machine.Load(),
            StartedAt = _startedAt,
            EndedAt = ended,
            Figures,
        };
        File.WriteAllText(path, JsonSerializer.Serialize(run, Json));
        Console.WriteLine();
        Console.WriteLine($"{(ended - _startedAt).TotalSeconds:F0} s, load averages after {Machine.Load()}; {path}");
    }

    private sealed record Written(IReadOnlyList<Figure> Figures);
}
