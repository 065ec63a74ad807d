using System.Globalization;

namespace Mev.Benchmarks;

/// <summary>The command line of a run; what is not known is refused before anything is measured.</summary>
internal sealed record BenchArguments
{
    /// <summary>What can be measured; market holds latency.</summary>
    public static IReadOnlyList<string> AllParts { get; } =
        ["micro", "model", "feed", "market", "latency", "baseline", "storm", "signed", "stream", "beside", "audit"];

    /// <summary><c>--quick</c>: fewer samples, shorter windows.</summary>
    public bool IsQuick { get; private set; }

    /// <summary><c>--check</c>: end with 1 when a limit is missed.</summary>
    public bool IsChecked { get; private set; }

    /// <summary><c>--only</c>: these parts.</summary>
    public IReadOnlyList<string> Parts { get; private set; } = AllParts;

    /// <summary><c>--rates</c>: hold these rates one after the other instead, candidates/s; null without.</summary>
    public double[]? Rates { get; private set; }

    /// <summary><c>--work</c>: the folder in which the run makes one of its own.</summary>
    public string Work { get; private set; } = Path.Combine(AppContext.BaseDirectory, "bench-data");

    /// <summary><c>--json</c>: where the figures are written.</summary>
    public string Json { get; private set; } = Path.Combine("artifacts", "benchmarks.json");

    /// <summary><c>--slo</c>: the limits.</summary>
    public string Slo { get; private set; } = Path.Combine("docs", "slo.json");

    /// <summary><c>--compare</c>: measure nothing and take the figures of this earlier run; null without.</summary>
    public string? Earlier { get; private set; }

    public bool Wants(string part) => Parts.Contains(part);

    /// <exception cref="FormatException">An argument is not known or has no fitting value.</exception>
    public static BenchArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new BenchArguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--quick") parsed.IsQuick = true;
            else if (name == "--check") parsed.IsChecked = true;
            else if (!parsed.Takes(name, i + 1 < arguments.Count ? arguments[++i] : null)) throw Unknown(name);
        }
        return parsed;
    }

    private bool Takes(string name, string? value)
    {
        switch (name)
        {
            case "--only": Parts = [.. Value(name, value).Split(',').Select(Part)]; break;
            case "--rates": Rates = Array.ConvertAll(Value(name, value).Split(','), Rate); break;
            case "--work": Work = Path.GetFullPath(Value(name, value)); break;
            case "--json": Json = Value(name, value); break;
            case "--slo": Slo = Value(name, value); break;
            case "--compare": Earlier = Value(name, value); break;
            default: return false;
        }
        return true;
    }

    private static string Value(string name, string? value) => string.IsNullOrEmpty(value) || value.StartsWith('-')
        ? throw new FormatException($"{name} has no value")
        : value;

    private static string Part(string part) => AllParts.Contains(part)
        ? part
        : throw new FormatException($"--only '{part}' is no part: {string.Join(", ", AllParts)}");

    private static double Rate(string rate) =>
        double.TryParse(rate, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
            ? value
            : throw new FormatException($"--rates '{rate}' is no rate: candidates a second, as in 1e6");

    private static FormatException Unknown(string name) => new(
        $"unknown option '{name}': --quick, --check, --only PARTS, --rates RATES, --work FOLDER, --json FILE, "
        + "--slo FILE, --compare FILE");
}
