using Mev.Control.Checkpoints;

namespace Mev.Integration.Tests.Audits;

/// <summary>Killed at any moment and started again, a host signs one history.</summary>
public sealed class KilledSignerTests : IDisposable
{
    private const int Kills = 5;
    private static readonly int[] Partitions = [0, 1];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("killed-signer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_checkpoint_that_anybody_saw_is_in_the_history_that_is_there_in_the_end()
    {
        var seen = new HashSet<string>();
        var log = "";
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var host = await AuditedHost.Start(
                _folder.FullName, [.. HostProcess.Generator(60_000), "--Host:SummaryInterval", "00:00:01"]);
            log = await host.LogKey();
            for (var look = 0; look < 6 * kill; look++)
            {
                foreach (var partition in Partitions)
                    if (await host.SignedSize(partition) > 0) seen.Add(await host.NewestNote(partition));
                await Task.Delay(TimeSpan.FromMilliseconds(70 * kill), TimeProvider.System);
            }
        } // killed, not stopped
        Assert.True(seen.Count > 2 * Kills, $"{seen.Count} checkpoints seen");

        var verified = await Programs.Run(
            AuditedHost.Mevctl, _folder.FullName, "audit", "verify", "--journal", AuditedHost.Journal(_folder.FullName),
            "--log-key", log);
        Assert.True(verified.Code == 0, verified.All);
        var kept = Partitions
            .SelectMany(partition => CheckpointFile.ReadAll(AuditedHost.Checkpoints(_folder.FullName, partition)))
            .Select(note => $"{note}").ToHashSet();
        Assert.Superset(seen, kept);
    }
}
