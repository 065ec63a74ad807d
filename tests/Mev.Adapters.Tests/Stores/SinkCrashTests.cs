using System.Diagnostics;
using Mev.Adapters.Tests.Journal;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Sinker;

namespace Mev.Adapters.Tests.Stores;

/// <summary>A process that fills a store is killed again and again, the first time before its first batch.</summary>
public sealed class SinkCrashTests : IDisposable
{
    private const int Records = 600; // of each partition
    private const int Kills = 50;

    // From its own folder, as the journal's appender.
    private static readonly string Sinker = Path.Combine(
        TestData.Repository, "artifacts", "bin", "Mev.Journal.Sinker",
        new DirectoryInfo(AppContext.BaseDirectory).Name, "Mev.Journal.Sinker");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_9_while_it_fills_leaves_each_record_there_exactly_once()
    {
        var kills = 0;
        while (kills < Kills && await FillUntilKilled("WithRecords", kills)) kills++;
        Assert.True(kills >= 20, $"only {kills} kills hit a process that was filling");
        await FillToTheEnd("WithRecords");
        Assert.Equal(await Journalled(), StoreFile.Records(_folder.File("store")).Select(row =>
            (row.Partition, row.Offset, row.Leaf)).Order());
    }

    [Fact]
    public async Task An_offset_outside_the_transaction_is_found_out()
    {
        var repeated = 0;
        for (var kill = 0; kill < Kills && repeated == 0; kill++)
        {
            if (!await FillUntilKilled("AfterRecords", kill)) break;
            if (kill % 5 == 4) repeated = Repeated();
        }
        if (repeated == 0) repeated = Repeated();
        Assert.True(repeated > 0, "the crash test cannot tell an offset that was written apart");
    }

    /// <summary>Whether the process was still filling when it was killed.</summary>
    private async Task<bool> FillUntilKilled(string offsets, int round)
    {
        using var process = Start(offsets);
        _ = process.StandardError.ReadToEndAsync(); // nobody waits for it, and nothing blocks
        var (batches, last) = (0, 1 + round * 7 % 5);
        var kill = Task.CompletedTask;
        if (round == 0) process.Kill(); // before its first batch
        while (await process.StandardOutput.ReadLineAsync() is not null)
        {
            batches++;
            if (batches == last) kill = KillSoon(process, round);
        }
        await kill;
        await process.WaitForExitAsync();
        return process.ExitCode != 0;
    }

    private static async Task KillSoon(Process process, int round)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(round * 37 % 97), TimeProvider.System);
        process.Kill();
    }

    private async Task FillToTheEnd(string offsets)
    {
        using var process = Start(offsets);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, await errors));
    }

    private Process Start(string offsets) => Process.Start(new ProcessStartInfo(Sinker)
    {
        ArgumentList = { _folder.File("journal.db"), _folder.File("store"), offsets, $"{Records}" },
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    private int Repeated()
    {
        var rows = StoreFile.Records(_folder.File("store"));
        return rows.Count - rows.Distinct().Count();
    }

    private async Task<List<(int, long, string)>> Journalled()
    {
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        var records = new List<(int, long, string)>();
        for (var partition = 0; partition <= Parts.StrategyPartitions; partition++)
        {
            var all = await log.All(new LogPartition(LogTopics.Audit, partition));
            Assert.Equal(Records, all.Count);
            records.AddRange(all.Select(record => (partition, record.Offset, $"{record.LeafHash}")));
        }
        return records;
    }
}
