using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>From a run to the printed estimate: <c>mevctl evaluate</c> on the host's own records.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evaluate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_run_is_evaluated_on_what_it_recorded()
    {
        var host = await HostProcess.Start(
            _folder.FullName,
            [
                .. HostProcess.Generator(60), "--Generator:SwapMedian", "0.001",
                "--Trading:Strategies:0:Sampler", "Factored",
            ]);
        await using (host)
        {
            await host.Until(async () =>
                (await host.Get("/v1/store")).GetProperty("lagRecords").GetInt64() == 0);

            var recorded = await host.Mevctl("evaluate", "--policy", "recorded", "--redraws", "4", "--json");
            var json = JsonDocument.Parse(recorded.Output).RootElement;
            var part = json.GetProperty("withSupport").GetProperty("profitLamports");
            var given = part.GetProperty("Rows").GetInt32();
            Assert.True(given > 0, recorded.Output);
            Assert.Equal(1.0, part.GetProperty("MeanWeight").GetDouble(), 1e-9);
            Assert.Equal(given >= 100 ? 0 : 3, recorded.Code);
            Assert.Equal(0, json.GetProperty("leftOut").GetProperty("Unequal").GetInt32());
            Assert.Equal(0, json.GetProperty("noSupport").GetProperty("NotRecorded").GetInt32());
            Assert.Equal(
                json.GetProperty("evaluated").GetInt32(),
                given + json.GetProperty("noSupport").GetProperty("profitLamports").GetProperty("Rows").GetInt32());

            var table = await host.Mevctl("evaluate", "--policy", "fixed-0.45-fast", "--from", "1h");
            Assert.Contains("landed of offered", table.Output);
            Assert.Contains("lamports a decision", table.Output);
            Assert.Contains("IPW", table.Output);
            Assert.Contains("no forecast", table.Output);
            Assert.Equal(
                table.Output.Contains("DM (no support)", StringComparison.Ordinal),
                table.Output.Contains("no record checks", StringComparison.Ordinal));
            Assert.Equal(
                table.Output.Contains("are refused", StringComparison.Ordinal) ? 3 : 0, table.Code);
            Assert.Equal(0, await host.Terminate());
        }
        var store = Path.Combine(_folder.FullName, "data", "journal.decisions.duckdb");
        string[] resting = ["evaluate", "--policy", "greedy", "--store", store, "--redraws", "4", "--json"];
        var first = await Run(resting);
        Assert.Contains("\"policy\":\"greedy\"", first.Output);
        Assert.Equal(first.Output, (await Run(resting)).Output);
    }

    [Theory]
    [InlineData(2, "--policy 'best' is none of recorded", "--policy", "best")]
    [InlineData(2, "--policy", "--from", "1h")]
    [InlineData(2, "--from 'yesterday' is no time", "--policy", "greedy", "--from", "yesterday")]
    [InlineData(2, "exchange them", "--policy", "greedy", "--from", "1h", "--to", "2h")]
    [InlineData(2, "--redraws '300' is not", "--policy", "greedy", "--redraws", "300")]
    [InlineData(5, "is not there", "--policy", "greedy", "--store", "no/such/store")]
    [InlineData(5, "Start the host", "--policy", "greedy", "--url", "http://127.0.0.1:1")]
    public async Task What_cannot_be_evaluated_says_why(int code, string message, params string[] arguments)
    {
        var refused = await Run(["evaluate", .. arguments]);
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Errors);
    }

    private Task<Programs.Finished> Run(string[] arguments) =>
        Programs.Run(Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, arguments);
}
