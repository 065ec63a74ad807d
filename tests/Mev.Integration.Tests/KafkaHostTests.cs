using System.Text.Json;
using Mev.Fixtures.Kafka;

namespace Mev.Integration.Tests;

/// <summary>The host with its journal in a real broker: the same program with other options.</summary>
public sealed class KafkaHostTests(KafkaBroker broker) : IClassFixture<KafkaBroker>, IDisposable
{
    private const int Transactions = 150;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kafka-host-");

    [Fact]
    public async Task A_feed_is_decided_as_with_the_journal_in_a_file_and_looked_into_as_there()
    {
        await using var file = await HostProcess.Start(Folder("file"), HostProcess.Generator(Transactions));
        await using var kafka = await HostProcess.Start(Folder("kafka"), OnKafka("same."));

        var posterior = await Posterior(kafka);
        Assert.Equal(await Posterior(file), posterior);
        var (expected, actual) = (await file.Get("/v1/overview"), await kafka.Get("/v1/overview"));
        foreach (var member in new[] { "decisions", "outcomes", "profit" })
            Assert.Equal(expected.GetProperty(member).ToString(), actual.GetProperty(member).ToString());

        var id = (await kafka.Get("/v1/decisions?action=submit&limit=1"))
            .GetProperty("decisions")[0].GetProperty("id").GetString()!;
        var why = await kafka.Mevctl("why", id);
        Assert.True(why.Code == 0, why.All);
        var replay = await kafka.Mevctl("replay", "--all", "--json");
        Assert.True(replay.Code == 0, replay.All);
        var verdicts = JsonDocument.Parse(replay.Output).RootElement;
        Assert.NotEqual(0, verdicts.GetProperty("Equal").GetInt64());
        Assert.Equal(Decisions(actual), verdicts.EnumerateObject().Sum(verdict => verdict.Value.GetInt64()));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_where_its_journal_ends()
    {
        var ports = Programs.FreePorts(3);
        var settings = OnKafka("killed.", transactions: 600);
        long before;
        await using (var host = await HostProcess.StartAt(ports, Folder("killed"), settings))
        {
            await host.Until(async () => Decisions(await host.Get("/v1/overview")) > 20);
            before = Decisions(await host.Get("/v1/overview"));
        }

        await using var again = await HostProcess.Start(Folder("killed"), settings);

        Assert.True(Decisions(await again.Get("/v1/overview")) > before);
        var twice = (await again.Get("/v1/decisions?action=submit&limit=500"))
            .GetProperty("decisions").EnumerateArray()
            .GroupBy(decision => decision.GetProperty("opportunity").GetString())
            .Where(group => group.Count() > 1);
        Assert.Empty(twice);
    }

    [Fact]
    public async Task Without_a_broker_that_answers_it_ends_with_the_address_and_code_5()
    {
        var nowhere = $"127.0.0.1:{Programs.FreePorts(1)[0]}";

        var ended = await Programs.Run(
            HostProcess.Program, Folder("none"), ["--Kafka:BootstrapServers", nowhere]);

        Assert.Equal(5, ended.Code);
        Assert.Contains(nowhere, ended.All, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    private string[] OnKafka(string prefix, int transactions = Transactions) =>
    [
        .. HostProcess.Generator(transactions),
        "--Kafka:BootstrapServers", broker.Bootstrap, "--Kafka:TopicPrefix", prefix,
        "--Kafka:CreatesTopics", "true", "--Kafka:Replicas", "1", "--Kafka:InSyncReplicasMin", "1",
    ];

    private static long Decisions(JsonElement overview) =>
        overview.GetProperty("decisions").GetProperty("total").GetInt64();

    private static async Task<string> Posterior(HostProcess host) =>
        (await host.Get("/v1/strategies/arb-1")).GetProperty("strategy").GetProperty("posterior").ToString();
}
