using Mev.Domain.Chain;
using Mev.Fixtures;
using Mev.Journal;
using Microsoft.Data.Sqlite;

namespace Mev.Integration.Tests.Simulated;

/// <summary>
/// A live stream of a simulator in a process of its own, recorded by the host that decides upon it, and decided again
/// from the recording.
/// </summary>
[Collection(SimulatedCollection.Name)]
public sealed class LiveRecordingTests : IDisposable
{
    private const int DecisionsMin = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-recording-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_recorded_live_run_decides_the_same_again_hash_for_hash()
    {
        var file = Path.Combine(_folder.FullName, "run.mevrec");
        var (live, again) = (_folder.CreateSubdirectory("live").FullName, _folder.CreateSubdirectory("again").FullName);
        await using (var market = await SimulatedMarket.Start(Soak.Seed, slots: 10_000))
        {
            await using var host = await HostProcess.StartAt(
                Programs.FreePorts(3), live, [.. market.Feed, "--Pump:Pace", "LockStep", "--Feed:RecordTo", file]);
            await host.Until(async () =>
                (await host.Get("/v1/overview")).GetProperty("decisions").GetProperty("total").GetInt64()
                > DecisionsMin);
            Assert.Equal(0, await host.Terminate());
        }
        var told = await Programs.Run(
            Programs.PathOf("Mev.Cli", "mevctl"), AppContext.BaseDirectory, "recording", file, "--json");
        Assert.True(told.Code == 0, told.All); // it ended whole

        var replay = await Programs.Run(
            HostProcess.Program, again, [.. HostProcess.Ports(Programs.FreePorts(3)), "--recording", file,
                "--exit-at-end"]);
        Assert.True(replay.Code == 0, replay.All);

        var (first, second) = (Decisions(live), Decisions(again));
        Assert.True(first.Count > DecisionsMin, $"only {first.Count} decisions");
        Assert.Equal(first, second.Take(first.Count)); // what the recording had more was not decided any more
        Assert.Contains(first, decision => decision.Type == RecordType.Intent);
    }

    /// <summary>Kind and hash of every decision, in the journal's order.</summary>
    private static List<(RecordType Type, Digest Hash)> Decisions(string folder)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder, "data", "journal.db")};Pooling=False");
        connection.Open();
        using var read = connection.CreateCommand();
        read.CommandText = "SELECT record_type, bytes FROM audit_log WHERE partition = 1 ORDER BY seq";
        using var rows = read.ExecuteReader();
        var decisions = new List<(RecordType, Digest)>();
        while (rows.Read())
        {
            var type = (RecordType)rows.GetInt64(0);
            if (type is not (RecordType.Intent or RecordType.Skip or RecordType.Block)) continue;
            var core = NestedCore((byte[])rows[1]);
            decisions.Add((type, Digest.Of(core)));
        }
        return decisions;
    }

    private static byte[] NestedCore(byte[] record) =>
        Mev.Journal.Replay.NestedBytes.OfCore(record) ?? throw new InvalidOperationException("a record without core");
}
