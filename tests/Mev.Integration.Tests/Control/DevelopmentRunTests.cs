namespace Mev.Integration.Tests.Control;

/// <summary>
/// A cluster that begins by itself does so before its feed: what it decides does not depend on which was faster.
/// </summary>
public sealed class DevelopmentRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("development-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_fresh_runs_decide_alike_hash_for_hash_under_the_policy_that_began()
    {
        var (first, second) = (await Run("first"), await Run("second"));
        Assert.True(first.Decisions.Length > 20, $"only {first.Decisions.Length} decisions");
        Assert.Equal(first.Decisions, second.Decisions);
        Assert.Equal(first.Policy, second.Policy);
    }

    /// <summary>The hashes of its decisions, newest first, and of the policy that the oldest was made under.</summary>
    private async Task<(string[] Decisions, string Policy)> Run(string name)
    {
        await using var host = await HostProcess.StartWith(
            Programs.FreePorts(3), _folder.CreateSubdirectory(name).FullName,
            ["ASPNETCORE_ENVIRONMENT=Development"], HostProcess.Generator(200));
        await host.Until(async () =>
            (await host.Get("/v1/overview")).GetProperty("feed").GetProperty("isComplete").GetBoolean());
        Assert.Equal("BEGUN", (await host.Get("/v1/start")).GetProperty("state").GetString());
        var lines = (await host.Get("/v1/decisions?limit=500")).GetProperty("decisions").EnumerateArray().ToList();
        var oldest = await host.Get($"/v1/decisions/{lines[^1].GetProperty("id").GetString()}");
        var policy = oldest.GetProperty("inputs").GetProperty("policy").GetString()!;
        Assert.Equal((await host.Get("/v1/policy")).GetProperty("hash").GetString(), policy);
        return ([.. lines.Select(line => line.GetProperty("hash").GetString()!)], policy);
    }
}
