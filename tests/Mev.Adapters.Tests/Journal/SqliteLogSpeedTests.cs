using System.Globalization;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Measures this machine: <c>make soak</c>, or <c>--explicit only --filter-class "*SpeedTests"</c>.</summary>
[Collection(MeasuredCollection.Name)]
public sealed class SqliteLogSpeedTests(ITestOutputHelper output) : IDisposable
{
    private const int Warm = 100;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Explicit = true)]
    [InlineData(1, 200, 2_000)]
    [InlineData(100, 1_000, 1_000)]
    public async Task An_append_takes_at_most_twice_a_bare_commit_of_the_same_bytes(int records, int bytes, int appends)
    {
        var entries = Enumerable.Range(0, Warm + appends)
            .Select(i => Records.Many(records, $"{i}.", bytes)).ToArray();

        var journal = await Journal(entries);
        var bare = Bare(entries);

        Print($"append {records} x {bytes} B", journal);
        Print($"bare commit {records} x {bytes} B", bare);
        Assert.True(At(journal, 0.5) <= 2 * At(bare, 0.5));
    }

    [Theory(Explicit = true)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 8)]
    public async Task One_caller_journals_a_hundred_thousand_records_a_second(bool hasDecision, int inFlightMax)
    {
        const int Records500 = 500;
        var batches = Enumerable.Range(0, 1_000).Select(b => Batch(b, Records500, hasDecision)).ToArray();
        await using var log = SqliteLogs.Open(new SqliteLogOptions { Path = _folder.File("speed.db") });
        var started = TimeProvider.System.GetTimestamp();
        var inFlight = new Queue<Task<long>>();

        foreach (var batch in batches)
        {
            if (inFlight.Count == inFlightMax) await inFlight.Dequeue();
            inFlight.Enqueue(log.Append(Records.Audit, batch).AsTask());
        }
        await Task.WhenAll(inFlight);

        var rate = batches.Length * Records500 / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"500 x 500 B, decision index {hasDecision}, {inFlightMax} in flight: {rate:N0} records/s"));
        Assert.True(rate >= 100_000);
    }

    private static LogEntry[] Batch(int number, int records, bool hasDecision)
        => [.. Records.Many(records, $"{number}.", 500).Select((entry, i) => hasDecision
            ? entry with { DecisionId = Decision(number * 5 + i / 100) }
            : entry)];

    private static Guid Decision(int milliseconds)
        => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds));

    private async Task<double[]> Journal(LogEntry[][] appends)
    {
        await using var log = SqliteLogs.Open(_folder.File("journal.db"));
        var times = new List<double>();
        foreach (var entries in appends)
        {
            var started = TimeProvider.System.GetTimestamp();
            await log.Append(Records.Audit, entries);
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }
        return [.. times.Skip(Warm).Order()];
    }

    private double[] Bare(LogEntry[][] appends)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File("bare.db")};Pooling=False");
        connection.Open();
        string[] preparation =
            ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)"];
        foreach (var sql in preparation)
        {
            using var statement = new SqliteStatement(connection, sql);
            statement.Execute();
        }
        using var begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        using var insert = new SqliteStatement(connection, "INSERT INTO t(b) VALUES(?1)");
        using var commit = new SqliteStatement(connection, "COMMIT");
        var times = new List<double>();
        foreach (var entries in appends)
        {
            var started = TimeProvider.System.GetTimestamp();
            begin.Execute();
            foreach (var entry in entries)
            {
                insert.Bind(1, entry.Bytes.Span);
                insert.Execute();
            }
            commit.Execute();
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }
        return [.. times.Skip(Warm).Order()];
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private void Print(string what, double[] sorted) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: P50 {At(sorted, 0.5):F2}, P99 {At(sorted, 0.99):F2}, P99.9 {At(sorted, 0.999):F2}, "
        + $"max {sorted[^1]:F2} ms"));
}
