using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>
/// From a run to a model and back: a host decides, its store is trained on, and the host that follows decides with the
/// model. Paper rivals bid whatever the features are, so the gate may well refuse it: then a host does too, and takes
/// it only where that is asked for.
/// </summary>
public sealed class TrainTests : IDisposable
{
    private const int Decided = 8_000; // in the first run, about

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("train-");

    private string Store => Path.Combine(_folder.FullName, "data", "journal.decisions.duckdb");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_a_run_recorded_is_trained_on_and_the_next_run_decides_with_the_model()
    {
        Assert.Equal(0, await Run(transactions: 1_500));
        var trained = await Train("--json");
        Assert.True(trained.Code is 0 or 3, trained.All);
        var result = JsonDocument.Parse(trained.Output).RootElement;
        Assert.True(result.GetProperty("rows").GetInt32() > 1_000, trained.Output);
        Assert.Equal(trained.Code == 0, result.GetProperty("refusals").GetArrayLength() == 0);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("incumbent").ValueKind);
        var (path, model) = (result.GetProperty("path").GetString()!, result.GetProperty("model").GetString());

        string[] withModel = ["--Model:Path", Path.Combine(_folder.FullName, path)];
        if (trained.Code == 3)
        {
            var refused = await Programs.Run(
                HostProcess.Program, _folder.FullName,
                [.. HostProcess.Ports(Programs.FreePorts(3)), .. HostProcess.Generator(1), .. withModel]);
            Assert.Equal(2, refused.Code);
            Assert.Contains(result.GetProperty("refusals")[0].GetString()!, refused.Errors);
            withModel = [.. withModel, "--Model:AllowRefused", "true"];
        }
        Assert.True(await Run(transactions: 1_540, withModel) > 10);
        Assert.Equal(0, await Number($"SELECT count(*) FROM decisions WHERE model_id <> '{model}'"));

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

    [Fact]
    public async Task A_store_that_is_not_there_is_named()
    {
        var refused = await Programs.Run(
            Programs.PathOf("Mev.Training", "mev-train"), _folder.FullName, "--store", "no/such/store");
        Assert.Equal(5, refused.Code);
        Assert.Contains("no/such/store is not there", refused.Errors);
    }

    /// <summary>
    /// Decides on a market from where the run before ended, replays what it decided last, and says how many decisions
    /// name a model.
    /// </summary>
    private async Task<long> Run(int transactions, params string[] settings)
    {
        await using var host = await HostProcess.StartAt(
            Programs.FreePorts(3), _folder.FullName,
            [
                .. HostProcess.Generator(transactions), "--Generator:SwapMedian", "0.001",
                "--Trading:Strategies:0:Sampler", "Factored", .. settings,
            ]);
        for (var decided = 0; decided < Decided; decided += 500) // each part has the time that a whole start has
        {
            await host.Until(async () => (await Feed(host)).GetProperty("isComplete").GetBoolean()
                || (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64() > decided);
        }
        await host.Until(async () => (await Feed(host)).GetProperty("isComplete").GetBoolean());
        await host.Until(async () => (await host.Get("/v1/store")).GetProperty("lagRecords").GetInt64() == 0);
        var slot = long.Parse((await Feed(host)).GetProperty("slot").GetString()!, null);
        var replay = await host.Mevctl("replay", "--from", $"{slot - 3}", "--json");
        Assert.True(replay.Code == 0, replay.All);
        Assert.Contains("Equal", replay.Output);
        Assert.Equal(0, await host.Terminate());
        return await Number("SELECT count(*) FROM decisions WHERE model_id IS NOT NULL");
    }

    private static async Task<JsonElement> Feed(HostProcess host) =>
        (await host.Get("/v1/overview")).GetProperty("feed");

    private async Task<long> Number(string sql)
    {
        var answer = await Programs.Run(
            Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, "sql", "--json", "--store", Store, sql);
        Assert.True(answer.Code == 0, answer.All);
        return JsonDocument.Parse(answer.Output).RootElement.GetProperty("rows")[0][0].GetInt64();
    }

    private Task<Programs.Finished> Train(params string[] arguments) => Programs.Run(
        Programs.PathOf("Mev.Training", "mev-train"), _folder.FullName,
        [
            "--store", Store, "--out", "models", "--refused", "models", "--seeds", "64000-64001", .. arguments,
        ]);
}
