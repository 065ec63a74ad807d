using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Mev.Integration.Tests;

/// <summary>Following the decisions of a host that is at work, and over its restart.</summary>
public sealed class TailTests : IDisposable
{
    private const int Lines = 200;

    private static readonly string[] Endless =
    [
        .. HostProcess.Generator(1_000_000), "--Trading:Strategies:0:Id", "arb-1", "--Trading:Strategies:1:Id", "arb-2",
        "--Trading:StrategyPartitions", "4",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tail-");

    [Fact]
    public async Task Follow_shows_each_new_decision_once_also_over_a_restart_and_ends_well_with_Ctrl_C()
    {
        var ports = Programs.FreePorts(3);
        string[] tail = ["decisions", "tail", "--follow", "--limit", "3", "--json", "--url"];
        var places = new ConcurrentQueue<(long Partition, long Offset)>();
        Process following;
        Task reading;
        await using (await HostProcess.StartAt(ports, _folder.FullName, Endless))
        {
            following = Programs.Start(
                Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, [.. tail, $"http://127.0.0.1:{ports[0]}"]);
            reading = Read(following, places); // all the time, or it would stand before a full pipe
            await Reaches(places, Lines);
        }
        using var ended = following;
        var waits = await following.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("waiting", waits);
        var before = places.Count;
        await using (await HostProcess.StartAt(ports, _folder.FullName, Endless)) await Reaches(places, before + Lines);
        using var interrupt = Process.Start("kill", ["-INT", $"{following.Id}"]);
        await following.WaitForExitAsync(TestContext.Current.CancellationToken);
        await reading;

        Assert.Equal(0, following.ExitCode);
        Assert.Equal(places.Count, places.Distinct().Count());
        foreach (var partition in places.GroupBy(place => place.Partition))
            Assert.Equal(partition.Select(place => place.Offset).Order(), partition.Select(place => place.Offset));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task Reaches(ConcurrentQueue<(long Partition, long Offset)> places, int count)
    {
        while (places.Count < count)
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static async Task Read(Process following, ConcurrentQueue<(long Partition, long Offset)> places)
    {
        while (await following.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var decision = JsonDocument.Parse(line).RootElement;
            places.Enqueue((decision.GetProperty("partition").GetInt64(), decision.GetProperty("offset").GetInt64()));
        }
    }
}
