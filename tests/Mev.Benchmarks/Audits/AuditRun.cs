using System.Diagnostics.Metrics;
using Mev.Benchmarks.Reports;
using Mev.Control.Audits;
using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Journal;
using Mev.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mev.Benchmarks.Audits;

/// <summary>The audit of a million records: signing, starting on them, proving from them, verifying them.</summary>
internal sealed class AuditRun(Report report, string folder, bool isQuick)
{
    private const int Batch = 5_000;
    private const int RecordBytes = 600;
    private const int Proofs = 2_000;

    private static readonly LogPartition Partition = new(LogTopics.Audit, 1);

    private readonly int _records = isQuick ? 100_000 : 1_000_000;

    public async Task Run()
    {
        Report.Section(FormattableString.Invariant($"Audit of {_records:#,0} records of {RecordBytes} bytes"));
        using var meters = new Meters();
        var path = Path.Combine(folder, "audit.db");
        using var key = new Ed25519PrivateKey(Digest.Of("log"u8).ToArray());
        var terms = new CheckpointTerms
        {
            Name = "bench",
            Key = key,
            Folder = Path.Combine(folder, "audit"),
            Partitions = 2,
        };
        await using (var log = new SqliteLog(
            Options.Create(new SqliteLogOptions { Path = path }), TimeProvider.System, meters,
            NullLogger<SqliteLog>.Instance))
        {
            await Append(log);
            await Sign(terms, log);
            await Start(terms, log);
        }
        await Verify(path, terms, new LogKey(terms.Name, key.PublicKey).OfPartition(Partition.Partition));
    }

    private async Task Append(SqliteLog log)
    {
        for (var first = 0; first < _records; first += Batch)
        {
            await log.Append(Partition,
            [
                .. Enumerable.Range(first, Batch).Select(i =>
                {
                    var bytes = new byte[RecordBytes];
                    BitConverter.TryWriteBytes(bytes, i);
                    return new LogEntry(RecordType.Skip, i, default, bytes);
                }),
            ]);
        }
    }

    private async Task Sign(CheckpointTerms terms, SqliteLog log)
    {
        using var partition = await PartitionCheckpoints.Open(terms, Partition.Partition, log);
        var started = TimeProvider.System.GetTimestamp();
        while (await partition.Grow()) await partition.Sign();
        await partition.Sign();
        Add("audit, grow and sign a million records", started, "a checkpoint each 4,096 records");
    }

    private async Task Start(CheckpointTerms terms, SqliteLog log)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var partition = await PartitionCheckpoints.Open(terms, Partition.Partition, log);
        Add("audit, start on a million records", started, "fold the copy, compare every leaf hash of the journal");
        if (partition.Alarm is not null || partition.SignedSize != _records)
            throw new InvalidOperationException("not signed");
        started = TimeProvider.System.GetTimestamp();
        var nodes = 0;
        for (var i = 0; i < Proofs; i++) nodes += partition.Tree.Inclusion(i * 7L % _records, _records - i).Length;
        var each = TimeProvider.System.GetElapsedTime(started) / Proofs;
        report.Add(Figure.Of(
            "audit, inclusion proof", each.TotalMicroseconds, "us",
            FormattableString.Invariant($"of a million records, {nodes / Proofs} nodes")));
        started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Proofs; i++)
            nodes += partition.Tree.Consistency(1 + (i * 7L % (_records / 2)), _records - i).Length;
        each = TimeProvider.System.GetElapsedTime(started) / Proofs;
        report.Add(Figure.Of("audit, consistency proof", each.TotalMicroseconds, "us", "of a million records"));
    }

    private async Task Verify(string path, CheckpointTerms terms, NoteKey key)
    {
        using var journal = new SqliteJournalReader(path);
        var before = GC.GetTotalAllocatedBytes();
        var started = TimeProvider.System.GetTimestamp();
        var audit = new PartitionAudit(Partition.Partition, key, null, new Files(journal, terms.Folder), _ => { });
        var verified = await audit.Run();
        if (!verified.IsWell) throw new InvalidOperationException(verified.Findings[0].Text);
        Add(
            "audit, verify a million records", started,
            $"files, one thread, {(GC.GetTotalAllocatedBytes() - before) >> 20} MiB allocated");
    }

    /// <summary>For a million records, also where fewer were measured.</summary>
    private void Add(string name, long started, string note) => report.Add(Figure.Of(
        name, TimeProvider.System.GetElapsedTime(started).TotalMilliseconds * (1_000_000.0 / _records), "ms", note));

    private sealed class Files(SqliteJournalReader journal, string folder) : IAuditSource
    {
        public IAsyncEnumerable<AuditedRecord> Records(int partition, CancellationToken cancellationToken = default) =>
            journal.Records(partition).Select(record => new AuditedRecord(record.Offset, record.Leaf, record.Bytes))
                .ToAsyncEnumerable();

        public IAsyncEnumerable<Digest> Leaves(int partition, CancellationToken cancellationToken = default) =>
            Journal.Merkle.StoredTree.ReadLeaves(CheckpointTerms.FolderOf(folder, partition)).ToAsyncEnumerable();

        public IAsyncEnumerable<SignedNote?> Checkpoints(
            int partition, CancellationToken cancellationToken = default) =>
            CheckpointFile.ReadAll(CheckpointTerms.FileIn(CheckpointTerms.FolderOf(folder, partition)))
                .ToAsyncEnumerable();

        public ValueTask<SignedNote?> Cosigned(int partition, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<SignedNote?>(null);
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
