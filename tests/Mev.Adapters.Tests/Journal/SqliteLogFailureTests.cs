using Mev.Domain.Limits;
using Mev.Fixtures;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_fails_the_append_whole_and_writing_resumes_when_there_is_room()
    {
        await using (var log = SqliteLogs.Open(new SqliteLogOptions { Path = File, FileBytesMax = 1 << 20 }))
        {
            var acknowledged = 0;
            JournalUnavailableException? failure = null;
            while (failure is null && acknowledged < 10_000)
            {
                try
                {
                    Assert.Equal(acknowledged, await log.Append(Records.Audit, Records.Many(20, "r", 500)));
                    acknowledged += 20;
                }
                catch (JournalUnavailableException e)
                {
                    failure = e;
                }
            }
            Failures.Are(SqliteFailure.DiskFull, File, failure);
            Assert.Contains("Free space", failure!.Message, StringComparison.Ordinal);
            Assert.InRange(acknowledged, 20, 9_999);
            Assert.Equal(acknowledged, await log.End(Records.Audit));
            Assert.Equal(acknowledged, (await log.All(Records.Audit)).Count);
            var again = await Fails(log.Append(Records.Audit, Records.Many(20, "r", 500)));
            Failures.Are(SqliteFailure.DiskFull, File, again);
        }
        await using var roomy = SqliteLogs.Open(File);
        var end = await roomy.End(Records.Audit);
        Assert.Equal(end, await roomy.Append(Records.Audit, Records.Many(20, "r", 500)));
    }

    [Fact]
    public async Task A_lock_of_another_connection_fails_the_append_and_all_behind_it_until_it_is_given_up()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions
        {
            Path = File,
            BusyTimeout = TimeSpan.FromMilliseconds(500),
            ProbeInterval = TimeSpan.FromMilliseconds(20),
        });
        await log.Append(Records.Audit, Records.Many(1, "before"));
        var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");

        var blob = log.Append(new LogPartition(LogTopics.Blobs, 0), Records.Many(1, "blob"));
        await Until(() => log.QueuedAppends == 0); // the writer has it: what comes now is of another commit
        var intent = log.Append(Records.Audit, Records.Many(1, "intent"));
        Assert.Equal(1, log.QueuedAppends);

        Failures.Are(SqliteFailure.Locked, File, await Fails(blob));
        Failures.Are(SqliteFailure.Locked, File, await Fails(intent));
        Assert.False(log.IsAvailable);
        var refusedAtOnce = log.Append(Records.Audit, Records.Many(1, "refused"));
        Assert.True(refusedAtOnce.IsFaulted);
        Failures.Are(SqliteFailure.Locked, File, await Fails(refusedAtOnce));
        Assert.Equal(["before0"], (await log.All(Records.Audit)).Select(r => r.Text()));

        other.Dispose();
        await Until(() => log.IsAvailable);
        Assert.Equal(Sql.SynchronousFull, log.Synchronous); // of the new connection too
        Assert.Equal(1, await log.Append(Records.Audit, Records.Many(1, "after")));
        Assert.Equal(["before0", "after0"], (await log.All(Records.Audit)).Select(r => r.Text()));
    }

    /// <summary>It may name records that are lost with the commit before it.</summary>
    [Fact]
    public async Task What_waited_behind_a_failed_commit_fails_though_the_file_can_be_written_again_at_once()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions
        {
            Path = File,
            BusyTimeout = TimeSpan.FromMilliseconds(500),
            ProbeInterval = TimeSpan.FromSeconds(1),
        });
        var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");
        var taken = log.Append(Records.Audit, Records.Many(1, "taken"));
        await Until(() => log.QueuedAppends == 0);
        var behind = log.Append(Records.Audit, Records.Many(1, "behind"));
        await Fails(taken);
        other.Dispose(); // before the first probe

        Failures.Are(SqliteFailure.Locked, File, await Fails(behind));
        await Until(() => log.IsAvailable);
        Assert.Empty(await log.All(Records.Audit));
    }

    [Fact]
    public async Task A_short_lock_only_delays_the_append()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions { Path = File });
        using var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");

        var append = log.Append(Records.Audit, Records.Many(1)).AsTask();
        Assert.False(append.IsCompleted);
        Sql.Run(other, "ROLLBACK");

        Assert.Equal(0, await append);
    }

    [Fact]
    public async Task Readers_see_nothing_of_what_waits_to_be_durable()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions { Path = File });
        await log.Append(Records.Audit, Records.Many(2, "durable"));
        using var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");

        var append = log.Append(Records.Audit, Records.Many(2, "waiting")).AsTask();

        Assert.Equal(2, await log.End(Records.Audit));
        Assert.Equal(["durable0", "durable1"], (await log.All(Records.Audit)).Select(r => r.Text()));
        Sql.Run(other, "ROLLBACK");
        await append;
        Assert.Equal(4, (await log.All(Records.Audit)).Count);
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_then_refuses_and_counts()
    {
        var time = new FakeTimeProvider();
        var options = new SqliteLogOptions
        {
            Path = File,
            QueueAppendsMax = 2,
            BusyTimeout = TimeSpan.FromMinutes(1),
        };
        var log = SqliteLogs.Open(options, time);
        var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");
        var taken = log.Append(Records.Audit, Records.Many(1, "taken")).AsTask();
        await Until(() => log.QueuedAppends == 0); // the writer has it and waits for the lock

        var queued = Enumerable.Range(0, 4)
            .Select(i => log.Append(Records.Audit, Records.Many(1, $"{i}.")).AsTask()).ToArray();
        var refused = await Fails(log.Append(Records.Audit, Records.Many(1, "refused")));

        Failures.Are(SqliteFailure.QueueFull, File, refused);
        Assert.Equal(2, log.Waits);
        Assert.Equal(
            [new("journal.queue", 2, AtLimit.Wait, 2), new("journal.queue-waiters", 2, AtLimit.Refuse, 1)],
            log.Limits().Take(2));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(4), log.Lag);
        time.Advance(TimeSpan.FromSeconds(1)); // the append timeout
        Failures.Are(SqliteFailure.Timeout, File, await Fails(new(taken)));
        foreach (var append in queued) Failures.Are(SqliteFailure.QueueFull, File, await Fails(new(append)));

        other.Dispose();
        await log.DisposeAsync();
        await using var reopened = SqliteLogs.Open(File);
        Assert.Equal(["taken0"], (await reopened.All(Records.Audit)).Select(r => r.Text())); // withdrawn ones never
    }

    [Fact]
    public async Task An_append_cancelled_after_the_writer_took_it_becomes_durable()
    {
        await using var log = SqliteLogs.Open(File);
        var other = Sql.Connect(File);
        Sql.Run(other, "BEGIN IMMEDIATE");
        using var cancellation = new CancellationTokenSource();
        var taken = Append("taken");
        await Until(() => log.QueuedAppends == 0);
        var queued = Append("queued");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        other.Dispose();
        await log.Append(Records.Audit, Records.Many(1, "after"));
        Assert.Equal(["taken0", "after0"], (await log.All(Records.Audit)).Select(r => r.Text()));

        Task<long> Append(string text) =>
            log.Append(Records.Audit, Records.Many(1, text), cancellationToken: cancellation.Token).AsTask();
    }

    [Fact]
    public async Task Appends_after_the_end_are_refused()
    {
        var log = SqliteLogs.Open(File);
        await log.DisposeAsync();

        Failures.Are(SqliteFailure.Closed, File, await Fails(log.Append(Records.Audit, Records.Many(1))));
    }

    private static async Task<JournalUnavailableException> Fails(ValueTask<long> append)
        => await Assert.ThrowsAsync<JournalUnavailableException>(append.AsTask);

    private static Task Until(Func<bool> isSo) => Patience.Until(
        () => Task.FromResult(isSo()), "the writer's turn", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(5));
}
