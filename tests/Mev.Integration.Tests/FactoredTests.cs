using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>A strategy with the factored sampler, seen from outside: explained, replayed, shown.</summary>
public sealed class FactoredTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("factored-");

    [Theory]
    [InlineData("Factored")]
    [InlineData("FactoredFloor")]
    public async Task Its_decisions_replay_equal_and_tell_what_they_knew(string sampler)
    {
        await using var host = await HostProcess.Start(
            _folder.FullName, [.. HostProcess.Generator(400), "--Trading:Strategies:0:Sampler", sampler]);
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

    public void Dispose() => _folder.Delete(recursive: true);
}
