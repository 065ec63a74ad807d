using Mev.Fixtures.Redis;

namespace Mev.Integration.Tests;

/// <summary>The host with its states in a real Redis: the same program with other options.</summary>
public sealed class RedisHostTests(RedisServer server) : IClassFixture<RedisServer>, IDisposable
{
    private const int Transactions = 600;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-host-");

    [Fact]
    public async Task Killed_in_the_middle_it_knows_at_the_end_what_one_does_that_was_not()
    {
        await using var whole = await HostProcess.Start(Folder("whole"), HostProcess.Generator(Transactions));
        var ports = Programs.FreePorts(3);
        string[] settings = [.. HostProcess.Generator(Transactions), "--Redis:ConnectionString", server.Address];
        await using (var host = await HostProcess.StartAt(ports, Folder("killed"), settings))
        {
            await host.Until(() => server.Ask("EXISTS mev/state/strategy/arb-1/strategy") == ":1");
            var besides = await Programs.Run(
                HostProcess.Program, Folder("besides"), [.. HostProcess.Ports(Programs.FreePorts(3)), .. settings]);
            Assert.Equal(5, besides.Code);
            Assert.Contains($"127.0.0.1:{ports[1]}", besides.All, StringComparison.Ordinal);
        }

        await using var again = await HostProcess.StartAt(ports, Folder("killed"), settings);
        await again.Until(async () =>
            (await again.Get("/v1/overview")).GetProperty("feed").GetProperty("isComplete").GetBoolean());

        Assert.Equal(await Posterior(whole), await Posterior(again));
        Assert.Equal(0, await again.Terminate());
        Assert.False(File.Exists(Path.Combine(Folder("killed"), "data", "state.db")));
        File.Delete(Path.Combine(Folder("killed"), "data", "journal.db"));
        var behind = await Programs.Run(
            HostProcess.Program, Folder("killed"), [.. HostProcess.Ports(ports), .. settings]);
        Assert.Equal(5, behind.Code);
        Assert.Contains("Redis:ServiceId", behind.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_that_answers_it_ends_with_the_address_and_code_5()
    {
        var nowhere = $"127.0.0.1:{Programs.FreePorts(1)[0]}";

        var ended = await Programs.Run(
            HostProcess.Program, Folder("none"), ["--Redis:ConnectionString", $"{nowhere},password=hidden"]);

        Assert.Equal(5, ended.Code);
        Assert.Contains(nowhere, ended.All, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", ended.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    private static async Task<string> Posterior(HostProcess host) =>
        (await host.Get("/v1/strategies/arb-1")).GetProperty("strategy").GetProperty("posterior").ToString();
}
