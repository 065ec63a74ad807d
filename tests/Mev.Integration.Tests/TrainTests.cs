using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>
/// From a run to a model and back: a host decides, its store is trained on, and the host that follows decides with the
/// model. Paper rivals bid whatever the features are, so the gate may well refuse it: it is put in force all the same.
/// </summary>
public sealed class TrainTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("train-");

    private string Store => Path.Combine(_folder.FullName, "data", "journal.decisions.duckdb");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_run_recorded_is_trained_on_and_the_next_run_decides_with_the_model()
    {
        await Run();
        var trained = await Train("--json");
        Assert.True(trained.Code is 0 or 3, trained.All);
        var result = JsonDocument.Parse(trained.Output).RootElement;
        Assert.True(result.GetProperty("rows").GetInt32() > 1_000, trained.Output);
        Assert.Equal(trained.Code == 0, result.GetProperty("refusals").GetArrayLength() == 0);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("incumbent").ValueKind);
        var (path, model) = (result.GetProperty("path").GetString()!, result.GetProperty("model").GetString());
        Assert.Equal(trained.Output, (await Train("--json")).Output); // the same rows, the same file

        await Run("--Model:Path", Path.Combine(_folder.FullName, path));

        // The model in force is now the one to match; where its file is gone that is said.
        var again = await Train("--json");
        Assert.Contains(again.Code, (int[])[0, 3]);
        Assert.Equal(model, JsonDocument.Parse(again.Output).RootElement.GetProperty("incumbent").GetString());
        File.Delete(Path.Combine(_folder.FullName, path));
        var missing = await Train();
        Assert.Equal(2, missing.Code);
        Assert.Contains($"was made with model {model}", missing.Errors);
        Assert.Contains("--against none", missing.Errors);
    }

    [Theory]
    [InlineData(5, "is not there", "--store", "no/such/store")]
    [InlineData(2, "Unrecognized", "--shop", "1")]
    public async Task What_cannot_be_trained_on_says_why(int code, string message, params string[] arguments)
    {
        var refused = await Programs.Run(
            Programs.PathOf("Mev.Training", "mev-train"), _folder.FullName, arguments);
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.All);
    }

    /// <summary>Decides on a market, replays all of it, and names the model in the decisions that had one.</summary>
    private async Task Run(params string[] settings)
    {
        await using var host = await HostProcess.Start(
            _folder.FullName,
            [
                .. HostProcess.Generator(1_600), "--Generator:SwapMedian", "0.001",
                "--Trading:Strategies:0:Sampler", "Factored", .. settings,
            ]);
        await host.Until(async () => (await host.Get("/v1/store")).GetProperty("lagRecords").GetInt64() == 0);
        var replay = await host.Mevctl("replay", "--all", "--json");
        Assert.True(replay.Code == 0, replay.All);
        var with = await host.Mevctl(
            "sql", "--json", "SELECT count(*) FROM decisions WHERE model_id IS NOT NULL");
        Assert.Equal(settings.Length == 0, with.Output.Contains("[0]", StringComparison.Ordinal));
        Assert.Equal(0, await host.Terminate());
    }

    private Task<Programs.Finished> Train(params string[] arguments) => Programs.Run(
        Programs.PathOf("Mev.Training", "mev-train"), _folder.FullName,
        ["--store", Store, "--out", "models", "--refused", "models", .. arguments]);
}
