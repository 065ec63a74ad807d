using System.Diagnostics;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

/// <summary>
/// A process that appends is killed at random moments. The page cache outlives it, so this shows that nothing is
/// acknowledged before it was handed to the operating system, not that it was synced to disk.
/// </summary>
public sealed class SqliteLogCrashTests : IDisposable
{
    private const int Rounds = 20;

    // From its own folder: in this one the libraries that the web framework brings are left out.
    private static readonly string Appender = Path.Combine(
        TestData.Repository, "artifacts", "bin", "Mev.Journal.Appender",
        new DirectoryInfo(AppContext.BaseDirectory).Name, "Mev.Journal.Appender");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_9_at_random_moments_loses_no_acknowledged_record_and_keeps_the_order()
    {
        var acknowledged = new List<Acknowledged>();
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.AddRange(await AppendUntilKilled(nameof(DurabilityRule.AfterCommit), round));
            if (round % 5 == 4) Assert.Empty(await Lost(acknowledged));
        }
        Assert.True(acknowledged.Count > 10 * Rounds, $"only {acknowledged.Count} appends in {Rounds} rounds");
        await AssertOrder();
    }

    [Fact]
    public async Task Acknowledging_before_the_commit_loses_records()
    {
        var acknowledged = new List<Acknowledged>();
        var lost = 0;
        for (var round = 0; round < Rounds && lost == 0; round++)
        {
            acknowledged.AddRange(await AppendUntilKilled(nameof(DurabilityRule.BeforeCommit), round));
            lost = (await Lost(acknowledged)).Count;
        }
        Assert.True(lost > 0, "the crash test cannot tell an early acknowledgement from a durable one");
    }

    private async Task<List<Acknowledged>> AppendUntilKilled(string rule, int round)
    {
        var start = new ProcessStartInfo(Appender)
        {
            ArgumentList = { _folder.File("journal.db"), rule, round.ToString(null as IFormatProvider) },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var acknowledged = new List<Acknowledged>();
        var kill = Task.CompletedTask;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Acknowledged.TryParse(line, out var append)) acknowledged.Add(append);
            if (acknowledged.Count == 1 && round % 2 == 1) kill = KillSoon(process, round);
            if (acknowledged.Count == 1 + (round * 37 % 90) && round % 2 == 0) process.Kill();
        }
        await kill;
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
        return acknowledged;
    }

    // Odd rounds end at a moment of the clock, even ones at an acknowledgement, when the next commits are on their way.
    private async Task KillSoon(Process process, int round)
    {
        var moment = TimeSpan.FromMilliseconds(5 + (round * 37 % 90));
        await Task.Delay(moment, TimeProvider.System);
        Assert.Throws<JournalUnavailableException>(() => SqliteLogs.Open(_folder.File("journal.db")));
        process.Kill();
    }

    private async Task<List<Acknowledged>> Lost(List<Acknowledged> acknowledged)
    {
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        var texts = new Dictionary<LogPartition, List<string>>();
        foreach (var partition in acknowledged.Select(a => a.Partition).Distinct())
            texts[partition] = [.. (await log.All(partition)).Select(r => r.Text())];
        return [.. acknowledged.Where(a => !a.IsIn(texts[a.Partition]))];
    }

    // In each partition the records of one caller of one round go up, and appends are whole.
    private async Task AssertOrder()
    {
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        LogPartition[] partitions = [new(LogTopics.Audit, 0), new(LogTopics.Audit, 1), new(LogTopics.Blobs, 0)];
        foreach (var partition in partitions)
        {
            var records = await log.All(partition);
            Assert.Equal(Enumerable.Range(0, records.Count).Select(i => (long)i), records.Select(r => r.Offset));
            var parts = records.Select(r => r.Text().Split('.').Select(s => int.Parse(s, null)).ToArray());
            foreach (var caller in parts.GroupBy(p => (Round: p[0], Caller: p[1])))
            {
                var appends = caller.GroupBy(p => p[2]).ToArray();
                Assert.Equal(appends.Select(a => a.Key).Order(), appends.Select(a => a.Key));
                Assert.All(appends, a => Assert.Equal(Enumerable.Range(0, 1 + a.Key % 4), a.Select(p => p[3])));
            }
        }
    }
}
