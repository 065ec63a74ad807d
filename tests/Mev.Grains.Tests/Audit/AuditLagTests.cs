using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Domain.Chain;
using Mev.Grains.Audit;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Audit;

/// <summary>Nobody signs here, as where the signer hangs: the journal grows, and its checkpoints do not.</summary>
public sealed class AuditLagTests : IAsyncLifetime
{
    private static readonly LogPartition Partition = new(LogTopics.Audit, 0);

    private readonly string _folder = Directory.CreateTempSubdirectory("audit-lag-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly AuditGate _gate = new();
    private readonly GrowingLog _log = new();
    private AuditTrees _trees = null!;
    private AuditLag _lag = null!;

    public async ValueTask InitializeAsync()
    {
        var terms = new CheckpointTerms
        {
            Name = "audit.example",
            Key = new Ed25519PrivateKey(new byte[32]),
            Folder = _folder,
            Partitions = 1,
        };
        _trees = new AuditTrees(terms, _log, _gate);
        await _trees.Open();
        _lag = new AuditLag(_trees, _gate, _log, _time);
    }

    public ValueTask DisposeAsync()
    {
        _trees.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Records_that_wait_longer_than_five_seconds_close_the_audit_until_they_are_signed()
    {
        await For(TimeSpan.FromSeconds(20));
        Assert.Null(_gate.Reason); // nothing waits
        _log.Add(3);
        await For(TimeSpan.FromSeconds(5));
        Assert.Null(_gate.Reason);
        await For(TimeSpan.FromSeconds(1));
        Assert.Contains("partition 0: its 3 records wait", _gate.Reason, StringComparison.Ordinal);

        await _trees.Partitions[0].Grow();
        Assert.True(await _trees.Partitions[0].Sign());
        await For(AuditLag.LookInterval);
        Assert.Null(_gate.Reason);
    }

    [Fact]
    public async Task Signed_in_time_or_seen_once_after_a_standstill_is_no_lag()
    {
        for (var i = 0; i < 20; i++)
        {
            _log.Add(1);
            await For(TimeSpan.FromSeconds(4));
            await _trees.Partitions[0].Grow();
            Assert.True(await _trees.Partitions[0].Sign());
            Assert.Null(_gate.Reason);
        }
        _log.Add(1);
        await For(AuditLag.LookInterval);
        _time.Advance(TimeSpan.FromMinutes(1)); // the whole process stood still
        await _lag.Look();
        Assert.Null(_gate.Reason);
    }

    /// <summary>As at the first start with a key, on a journal that is there.</summary>
    [Fact]
    public async Task A_signer_that_catches_up_checkpoint_by_checkpoint_does_not_lag()
    {
        _log.Add(5 * PartitionCheckpoints.LeavesMax);
        for (var i = 0; i < 4; i++)
        {
            await For(TimeSpan.FromSeconds(4));
            Assert.Null(_gate.Reason);
            await _trees.Partitions[0].Grow();
            Assert.True(await _trees.Partitions[0].Sign());
        }
        await For(TimeSpan.FromSeconds(7)); // and then it hangs
        Assert.NotNull(_gate.Reason);
    }

    [Fact]
    public async Task What_somebody_else_closed_is_not_opened()
    {
        _gate.Close(0, AuditClosing.Witness, "another history");
        _log.Add(1);
        await For(TimeSpan.FromSeconds(7));
        await _trees.Partitions[0].Grow();
        await _trees.Partitions[0].Sign();
        await For(TimeSpan.FromSeconds(2));
        Assert.Equal("another history", _gate.Reason);
    }

    private async Task For(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += AuditLag.LookInterval)
        {
            await _lag.Look();
            _time.Advance(AuditLag.LookInterval);
        }
        await _lag.Look();
    }

    private sealed class GrowingLog : IPartitionedLog
    {
        private readonly List<LogRecord> _records = [];
        private long _notes;

        public void Add(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var bytes = BitConverter.GetBytes(_records.Count);
                _records.Add(new LogRecord(
                    _records.Count, new LogEntry(RecordType.Skip, 0, Digest.Of(bytes), bytes), LeafHash.Of(bytes)));
            }
        }

        public ValueTask<long> Append(
            LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
            CancellationToken cancellationToken = default)
        {
            Assert.Equal(LogTopics.Checkpoints, partition.Topic);
            return ValueTask.FromResult(_notes++);
        }

        public ValueTask<IReadOnlyList<LogRecord>> Read(
            LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default)
        {
            Assert.Equal(Partition, partition);
            return ValueTask.FromResult<IReadOnlyList<LogRecord>>(
                [.. _records.Skip((int)fromOffset).Take(recordsMax)]);
        }

        public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(partition == Partition ? _records.Count : 0L);
    }
}
