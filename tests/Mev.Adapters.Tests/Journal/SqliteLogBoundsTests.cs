using System.Buffers.Binary;
using Mev.Journal.Sqlite;

namespace Mev.Adapters.Tests.Journal;

public sealed class SqliteLogBoundsTests : IDisposable
{
    private const int AppendsMax = 4_000; // 100 MB: without checkpoints the log would hold them all
    private const int RestartsMin = 10;
    private const int RecordsOfAppend = 50;
    private const int RecordBytes = 500;

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("journal.db");

    private string Wal => File + "-wal";

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

        // How far the log grows before it starts over is the machine's affair; that it does, again and again, is ours.
        var appends = 0;
        while (Restarts() < RestartsMin && appends < AppendsMax)
            await log.Append(Records.Audit, Records.Many(RecordsOfAppend, $"{appends++}.", RecordBytes));

        Assert.InRange(Restarts(), RestartsMin, int.MaxValue);
        Assert.Equal(appends * RecordsOfAppend, (await log.All(Records.Audit)).Count);
    }

    // The checkpoint sequence number of the write-ahead log's header: one more each time that the log starts over.
    private int Restarts()
    {
        if (!System.IO.File.Exists(Wal)) return 0;
        using var wal = new FileStream(Wal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[16];
        return wal.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            ? 0
            : BinaryPrimitives.ReadInt32BigEndian(header[12..]);
    }
}
