using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary><c>mevctl auction</c> as people run it; it needs no host.</summary>
public sealed class AuctionCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mev-auction-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_comparison_is_the_same_each_time_and_says_what_it_is_not()
    {
        string[] arguments =
            ["auction", "--seeds", "1-2", "--horizon", "600", "--policies", "factored,beta-ts", "--json"];
        var first = await Run([.. arguments, "--plot", "curves.svg"]);
        Assert.Equal(0, first.Code);
        Assert.Equal(first.Output, (await Run(arguments)).Output);
        using var json = JsonDocument.Parse(first.Output);
        Assert.Contains("no land rate here forecasts mainnet", json.RootElement.GetProperty("caveat").GetString());
        var lines = json.RootElement.GetProperty("lines").EnumerateArray().ToArray();
        Assert.Equal(
            ["bid-oracle", "factored", "beta-ts"], lines.Select(line => line.GetProperty("Bidder").GetString()));
        Assert.Equal(100.0, lines[0].GetProperty("Raw").GetDouble());
        Assert.InRange(lines[1].GetProperty("Landed").GetDouble(), 20.0, 80.0);
        var svg = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "curves.svg"));
        Assert.StartsWith("<svg", svg);
        Assert.Equal(2, svg.Split("<polyline").Length - 1);
    }

    [Fact]
    public async Task Goals_are_a_table_with_its_caveat_and_an_exit_code()
    {
        var goals = await Run(["auction", "--goals", "--seeds", "1-2", "--horizon", "1000"]);
        Assert.Contains("Simulator with assumed rivals", goals.Output);
        foreach (var name in (string[])["G1", "G2", "G3", "G4", "G5"]) Assert.Contains(name, goals.Output);
        Assert.Equal(goals.Output.Contains("MISSED", StringComparison.Ordinal) ? 1 : 0, goals.Code);
    }

    [Fact]
    public async Task Gains_over_one_bidder_are_paired_and_have_an_interval()
    {
        var compared = await Run([
            "auction", "--seeds", "1-3", "--horizon", "600", "--policies", "pooled,fixed-0.95-fast", "--against",
            "factored", "--json",
        ]);
        Assert.Equal(0, compared.Code);
        using var json = JsonDocument.Parse(compared.Output);
        var gains = json.RootElement.GetProperty("gains").EnumerateArray().ToArray();
        Assert.Equal(
            ["pooled", "fixed-0.95-fast"], gains.Select(gain => gain.GetProperty("Bidder").GetString()));
        var raw = gains[1].GetProperty("Raw");
        Assert.InRange(raw.GetProperty("Mean").GetDouble(), -90.0, -30.0);
        Assert.True(raw.GetProperty("Low").GetDouble() < raw.GetProperty("Mean").GetDouble());
        Assert.True(raw.GetProperty("High").GetDouble() > raw.GetProperty("Mean").GetDouble());
    }

    [Theory]
    [InlineData("--against", "nobody", "'nobody' is none of")]
    [InlineData("--policies", "thompson", "'thompson' is none of")]
    [InlineData("--policies", "fixed-1.20-fast", "'fixed-1.20-fast' is none of")]
    [InlineData("--seeds", "9-3", "--seeds '9-3' is no range")]
    [InlineData("--seeds", "0-1000", "at most 1000 seeds")]
    [InlineData("--horizon", "0", "--horizon '0' is not a whole number from 1")]
    [InlineData("--level", "high", "--level 'high' is not a number")]
    [InlineData("--level", "NaN", "--level 'NaN' is not a number")]
    [InlineData("--policies", "ucb-NaN", "'ucb-NaN' is none of")]
    [InlineData("--plot", "curves.png", "it draws SVG")]
    [InlineData("--goals --policies", "factored", "leave --policies out")]
    [InlineData("--goals --shift", "0.25", "leave --shift out")]
    public async Task What_cannot_be_run_is_refused_with_what_can(string option, string value, string message)
    {
        var refused = await Run(["auction", .. option.Split(' '), value]);
        Assert.Equal(2, refused.Code);
        Assert.Contains(message, refused.Errors);
    }

    [Theory]
    [InlineData("--against", "factored")]
    [InlineData("--goals")]
    public async Task An_interval_of_one_seed_is_refused(params string[] asked)
    {
        var refused = await Run(["auction", "--seeds", "7", .. asked]);
        Assert.Equal(2, refused.Code);
        Assert.Contains($"{asked[0]} needs two --seeds", refused.Errors);
    }

    [Fact]
    public async Task A_plot_that_cannot_be_written_is_said_before_anything_is_played()
    {
        var started = TimeProvider.System.GetTimestamp();
        var refused = await Run(["auction", "--seeds", "1-999", "--plot", "no/such/folder/curves.svg"]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("no/such/folder", refused.Errors);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1));
    }

    /// <summary>Code 0 of the goals means that all are met: a run that was cut off may not say so.</summary>
    [Fact]
    public async Task A_run_that_is_cut_off_is_no_success()
    {
        using var run = Programs.Start(
            Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, ["auction", "--goals", "--seeds", "1-1000"]);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System); // it takes hours
        using var interrupt = System.Diagnostics.Process.Start("kill", ["-INT", $"{run.Id}"]);
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("interrupted", errors);
    }

    private Task<Programs.Finished> Run(string[] arguments) =>
        Programs.Run(Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, arguments);
}
