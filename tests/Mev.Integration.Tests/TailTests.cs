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
        Process following;
        var places = new List<(long Partition, long Offset)>();
        await using (await HostProcess.StartAt(ports, _folder.FullName, Endless))
        {
            following = Programs.Start(
                Programs.PathOf("Mev.Cli", "mevctl"), _folder.FullName, [.. tail, $"http://127.0.0.1:{ports[0]}"]);
            await Read(following, places, Lines);
        }
        using var ended = following;
        var waits = await following.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("waiting", waits);
        await using (await HostProcess.StartAt(ports, _folder.FullName, Endless))
            await Read(following, places, 2 * Lines);
        using var interrupt = Process.Start("kill", ["-INT", $"{following.Id}"]);
        var rest = following.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await following.WaitForExitAsync(TestContext.Current.CancellationToken);
        await rest;

        Assert.Equal(0, following.ExitCode);
        Assert.Equal(places.Count, places.Distinct().Count());
        foreach (var partition in places.GroupBy(place => place.Partition))
            Assert.Equal(partition.Select(place => place.Offset).Order(), partition.Select(place => place.Offset));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task Read(Process following, List<(long Partition, long Offset)> places, int count)
    {
        while (places.Count < count)
        {
            var line = await following.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            var decision = JsonDocument.Parse(line).RootElement;
            places.Add((decision.GetProperty("partition").GetInt64(), decision.GetProperty("offset").GetInt64()));
        }
    }
}
