using System.Text.Json;
using Mev.Fixtures;

namespace Mev.Integration.Tests;

/// <summary>The benchmarks' command line, and what their limits are worth.</summary>
public sealed class BenchTests : IDisposable
{
    private static readonly string Slo = Path.Combine(TestData.Repository, "docs", "slo.json");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench-");

    /// <summary>The figures of the issue and what is to be reached.</summary>
    public static TheoryData<string, double> Targets => new()
    {
        { "quote AMM v4 exact in", 12 }, { "quote AMM v4 exact out", 20 }, { "quote AMM v4 garbage", 0 },
        { "quote CPMM exact in", 12 }, { "quote CPMM exact out", 20 }, { "quote CPMM garbage", 0 },
        { "quote Whirlpool within a tick", 100 }, { "quote Whirlpool each further tick", 50 },
        { "quote Whirlpool garbage", 0 }, { "build, guard and sign", 100 },
        { "100 k: chosen P50", 1 }, { "100 k: durable P50", 8 }, { "100 k: durable P99", 18 },
        { "durable P50 over bare", 2 }, { "capacity, market", 5e6 }, { "capacity over baseline", 10 },
        { "garbage at capacity", 16 }, { "burst 300 k: recovery", 1 }, { "storm, decisions", 1e5 },
        { "storm, CPU for a decision", 20 },
        { "model, one row P99", 5 }, { "model, one row garbage", 0 }, { "LightGBM over model", 3 },
        { "factored sampler P50", 10 }, { "decision with model P99", 100 }, { "decision with model garbage", 0 },
        { "sampled decisions", 1e5 },
    };

    /// <summary>Figures that a guard divides, as a run of November 2026 had them.</summary>
    public static TheoryData<string, double, double> Guarded => new()
    {
        { "100 k: chosen P50", 0.71, 10 }, { "100 k: durable P50", 1.8, 15 }, { "100 k: durable P99", 6.6, 10 },
        { "capacity, market", 1.58e6, 0.1 }, { "CPU at capacity", 2_071, 10 }, { "storm, decisions", 62.9e3, 0.1 },
        { "storm, CPU for a decision", 29, 10 },
    };

    private static Dictionary<string, double> Run => new()
    {
        ["100 k: evaluated P50"] = 0.1,
        ["bare SQLite commit P50"] = 0.27,
        ["capacity, baseline"] = 796e3,
        ["filter, 400 dirty pools in a drain"] = 4.7,
        ["size a surviving cycle"] = 0.31,
    };

    [Theory]
    [InlineData("unknown option '--data'", "--data", "elsewhere")]
    [InlineData("unknown option '--quik'", "--quik")]
    [InlineData("'nothing' is no part", "--only", "nothing")]
    [InlineData("--only has no value", "--only")]
    [InlineData("--work has no value", "--work", "--quick")]
    [InlineData("'fast' is no rate", "--rates", "1e5,fast")]
    [InlineData("none.json", "--slo", "none.json")]
    public async Task A_wrong_argument_is_refused_before_anything_is_measured(string said, params string[] arguments)
    {
        var finished = await Bench(arguments);
        Assert.Equal(2, finished.Code);
        Assert.Contains(said, finished.Errors);
        Assert.Empty(finished.Output);
    }

    [Fact]
    public async Task A_run_leaves_what_lies_in_its_work_folder_alone_and_takes_its_own_away()
    {
        var kept = Path.Combine(_folder.FullName, "market", "data.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        await File.WriteAllTextAsync(kept, "somebody's");
        var json = Path.Combine(_folder.FullName, "figures.json");
        var finished = await Bench(
            "--slo", Slo, "--work", _folder.FullName, "--quick", "--only", "micro", "--json", json);
        Assert.True(finished.Code == 0, finished.All);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(kept));
        Assert.Equal(
            [json, Path.GetDirectoryName(kept)!], _folder.GetFileSystemInfos().Select(left => left.FullName).Order());
        Assert.Contains("| quote AMM v4 exact out |", finished.Output);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Each_figure_of_the_issue_has_its_target(string figure, double target)
    {
        var isLeast = target >= 1e5 || figure is "capacity over baseline" or "LightGBM over model";
        Assert.Contains($"ok     {figure}: ", (await Check(new() { [figure] = target })).Output);
        var missed = await Check(new() { [figure] = isLeast ? target * 0.99 : target * 1.01 + 0.01 });
        Assert.Contains($"MISSED {figure}: ", missed.Output);
        Assert.Equal(1, missed.Code);
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task A_tenfold_regression_breaks_a_guard_also_where_the_target_is_missed_anyway(
        string figure, double measured, double factor)
    {
        var all = Run;
        foreach (var (name, value, _) in Guarded.Select(row => row.Data)) all[name] = value;
        Assert.Contains("7 of 7 guards hold", (await Check(all)).Output);
        all[figure] = measured * factor;
        var broken = await Check(all);
        Assert.Equal(1, broken.Code);
        Assert.Contains($"MISSED {figure} / ", broken.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<Programs.Finished> Check(Dictionary<string, double> figures)
    {
        var path = Path.Combine(_folder.FullName, "earlier.json");
        var rows = figures.Select(figure =>
            new { name = figure.Key, value = figure.Value, unit = "", target = "", isMet = (bool?)null, note = "" });
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { figures = rows }));
        return await Bench("--slo", Slo, "--compare", path, "--check");
    }

    private Task<Programs.Finished> Bench(params string[] arguments) =>
        Programs.Run(Programs.PathOf("Mev.Benchmarks", "Mev.Benchmarks"), _folder.FullName, arguments);
}
