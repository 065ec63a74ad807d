using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogBoundsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_read_ends_early_at_its_bound_of_bytes_and_goes_on_from_there()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions { Path = File, ReadBytesMax = 1024 });
        await log.Append(Records.Audit, Records.Many(20, "r", 400));
        await log.Append(Records.Audit, Records.Many(1, "long", 5_000));

        Assert.Equal(3, (await log.Read(Records.Audit, 0, 20)).Count);
        Assert.Single(await log.Read(Records.Audit, 20, 20));
        Assert.Equal(21, (await log.All(Records.Audit)).Count);
    }

    [Fact]
    public async Task The_write_ahead_log_starts_over_while_commits_go_on()
    {
        await using var log = SqliteLogs.Open(new SqliteLogOptions { Path = File, CheckpointBytes = 256 << 10 });

        for (var i = 0; i < 400; i++) await log.Append(Records.Audit, Records.Many(50, $"{i}.", 500));

        // 10 MB were committed; without checkpoints the log would hold them all.
        Assert.InRange(new FileInfo(File + "-wal").Length, 1, 4 << 20);
        Assert.Equal(20_000, (await log.All(Records.Audit)).Count);
    }
}
