using System.Text.Json;
using Mev.Contracts.V1;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Integration.Tests;

/// <summary>A strategy with the factored sampler, seen from outside: explained, replayed, shown.</summary>
public sealed class FactoredTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("factored-");

    [Theory]
    [InlineData("Factored", false)]
    [InlineData("FactoredFloor", false)]
    [InlineData("Factored", true)]
    public async Task Its_decisions_replay_equal_and_tell_what_they_knew(string sampler, bool hasModel)
    {
        string[] model = hasModel ? ["--Model:Path", WriteModel(), "--Model:AllowRefused", "true"] : [];
        await using var host = await HostProcess.Start(
            _folder.FullName, [.. HostProcess.Generator(400), "--Trading:Strategies:0:Sampler", sampler, .. model]);
        var replay = await host.Mevctl("replay", "--all", "--json");
        Assert.True(replay.Code == 0, replay.All);
        var verdicts = JsonDocument.Parse(replay.Output).RootElement;
        Assert.True(verdicts.GetProperty("Equal").GetInt64() > 10, replay.Output);
        var total = (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64();
        Assert.Equal(total, verdicts.EnumerateObject().Sum(verdict => verdict.Value.GetInt64()));

        var page = await host.Get("/v1/decisions?action=submit&limit=1");
        var id = page.GetProperty("decisions")[0].GetProperty("id").GetString()!;
        var why = await host.Mevctl("why", id);
        Assert.Equal(0, why.Code);
        Assert.Contains("Surroundings", why.Output);
        Assert.Contains("survival bin", why.Output);
        Assert.Equal(hasModel, why.Output.Contains("model offset", StringComparison.Ordinal));
        Assert.Equal(94, (await host.Get($"/v1/decisions/{id}")).GetProperty("draws").GetArrayLength());

        var shown = await host.Mevctl("strategies", "arb-1");
        Assert.Equal(0, shown.Code);
        Assert.Contains($"({sampler}), epoch 1", shown.Output);
        Assert.Contains("in time: fast route", shown.Output);
        Assert.Contains("Learning: ", shown.Output);
        Assert.Contains("P(landing) at 25 %", shown.Output);
        var strategy = (await host.Get("/v1/strategies/arb-1")).GetProperty("strategy");
        var history = strategy.GetProperty("learning").GetProperty("history");
        Assert.True(history.GetArrayLength() > 0, strategy.GetRawText());
        Assert.Contains(sampler, (await host.Mevctl("strategies")).Output);
    }

    [Fact]
    public async Task A_file_that_is_no_model_ends_the_start_with_its_name()
    {
        var path = WriteModel();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^5]);
        var end = await Programs.Run(
            HostProcess.Program, _folder.FullName,
            [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(10), "--Model:Path", path]);
        Assert.Equal(2, end.Code);
        Assert.Contains($"Model:Path '{path}'", end.All);
        Assert.Contains("the file of a model that may be used", end.All);
    }

    [Fact]
    public async Task A_model_that_no_gate_let_through_ends_the_start_and_its_trial_is_on_paper_only()
    {
        string[] path = ["--Model:Path", WriteModel()];
        var refused = await End([.. HostProcess.Generator(10), .. path]);
        Assert.Equal(2, refused.Code);
        Assert.Contains($"Model:Path '{path[1]}' is not put in force", refused.Errors);
        Assert.Contains("it was not tried on later rows; the goals were not played with it", refused.Errors);
        Assert.Contains("--Model:AllowRefused true", refused.Errors);

        var simulated = await End([.. path, "--Model:AllowRefused", "true", "--Execution:Mode", "Simulated"]);
        Assert.Equal(2, simulated.Code);
        Assert.Contains("Model:AllowRefused is for trials in Execution:Mode Paper", simulated.Errors);

        Task<Programs.Finished> End(string[] settings) => Programs.Run(
            HostProcess.Program, _folder.FullName, [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings]);
    }

    /// <summary>Early in the slot bids lie a third lower than late in it.</summary>
    private string WriteModel()
    {
        var tree = new DecisionTree
        {
            Features = [6],
            Thresholds = [0.5f],
            Left = [~0],
            Right = [~1],
            Leaves = [-0.2, 0.2],
        };
        var about = new Model
        {
            TrainedToMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Golden = { new GoldenRow { Row = { new float[ModelRow.Names.Length] }, Value = -0.2 } },
        };
        var path = Path.Combine(_folder.FullName, "offset.model");
        File.WriteAllBytes(
            path, ModelFile.Write(about, TreeEnsemble.TryCreate([tree], 0.0, ModelRow.Names.Length, out _)!));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
