using System.Diagnostics.Metrics;
using Mev.Control.Checkpoints;
using Mev.Control.Signatures;
using Mev.Grains.Audit;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Audit;

/// <summary>When it is signed, and when nothing may be decided because it is not.</summary>
public sealed class CheckpointPumpTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-pump-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly GrowingLog _log = new();
    private readonly AuditGate _gate = new();
    private readonly Meters _meters = new();
    private AuditTrees _trees = null!;
    private CheckpointPump _pump = null!;

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
        _pump = new CheckpointPump(_trees, _gate, _meters, _time, NullLogger<CheckpointPump>.Instance);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _pump.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _pump.StopAsync(CancellationToken.None);
        _pump.Dispose();
        _trees.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_signs_each_second_and_after_4096_records_and_at_the_end()
    {
        _log.Add(3);
        await Until(() => Signed == 3);
        _log.Add(2);
        await For(TimeSpan.FromMilliseconds(800));
        Assert.Equal(3, Signed); // its second is not over
        await Until(() => Signed == 5);
        _log.Add(PartitionCheckpoints.LeavesMax + 10);
        await Until(() => Signed == 5 + PartitionCheckpoints.LeavesMax); // at once, whatever the second
        _log.Add(1);
        await _pump.StopAsync(CancellationToken.None);
        await _pump.StoppedAsync(CancellationToken.None);
        Assert.Equal(PartitionCheckpoints.LeavesMax + 16, Signed);
    }

    [Fact]
    public async Task Where_nothing_can_be_signed_for_five_seconds_the_audit_is_closed_until_it_can()
    {
        _log.Add(3);
        await Until(() => Signed == 3);
        _log.IsAway = true;
        await For(TimeSpan.FromSeconds(4));
        Assert.Null(_gate.Reason); // a stall is no alarm yet
        await Until(() => _gate.Reason is not null);
        Assert.Contains(
            "partition 0: no checkpoint can be signed since 5 s (away)", _gate.Reason, StringComparison.Ordinal);
        var writer = new AuditWriter(_log, new CodeIdentity("", "", "empty", 0), _time, _gate);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => writer.Append(0, [CodeIdentity.Closed()]).AsTask());
        _log.IsAway = false;
        await Until(() => _gate.Reason is null);
        _log.Add(1);
        await Until(() => Signed == 4);
    }

    [Fact]
    public async Task A_journal_that_changed_while_it_could_not_be_read_keeps_the_audit_closed()
    {
        _log.Add(3);
        await Until(() => Signed == 3);
        _log.IsAway = true;
        await For(TimeSpan.FromSeconds(1));
        _log.Records[1] = [7];
        _log.IsAway = false;
        await Until(() => _gate.Reason is not null);
        await For(TimeSpan.FromSeconds(6));
        Assert.Contains("partition 0: record 1 of the journal", _gate.Reason, StringComparison.Ordinal);
    }

    private long Signed => _trees.Partitions[0].SignedSize;

    private async Task Until(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 400, "it did not come so far");
            await For(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Its looks happen between the steps of the clock.</summary>
    private async Task For(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(100))
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System);
        }
    }

    private sealed class GrowingLog : IPartitionedLog
    {
        public List<byte[]> Records { get; } = [];

        public List<LogEntry> Notes { get; } = [];

        public bool IsAway { get; set; }

        public void Add(int count)
        {
            lock (Records)
                for (var i = 0; i < count; i++) Records.Add(BitConverter.GetBytes(Records.Count));
        }

        public ValueTask<long> Append(
            LogPartition partition, IReadOnlyList<LogEntry> entries, LogAppend? named = null,
            CancellationToken cancellationToken = default)
        {
            Assert.Equal(LogTopics.Checkpoints, partition.Topic);
            Notes.AddRange(entries);
            return ValueTask.FromResult((long)(Notes.Count - entries.Count));
        }

        public ValueTask<IReadOnlyList<LogRecord>> Read(
            LogPartition partition, long fromOffset, int recordsMax, CancellationToken cancellationToken = default)
        {
            if (IsAway)
            {
                return ValueTask.FromException<IReadOnlyList<LogRecord>>(new JournalUnavailableException("away"));
            }
            if (partition.Topic == LogTopics.Checkpoints)
            {
                return ValueTask.FromResult<IReadOnlyList<LogRecord>>(
                [
                    .. Notes.Skip((int)fromOffset).Take(recordsMax)
                        .Select((note, i) => new LogRecord(fromOffset + i, note, LeafHash.Of(note.Bytes.Span))),
                ]);
            }
            lock (Records)
            {
                return ValueTask.FromResult<IReadOnlyList<LogRecord>>(
                [
                    .. Records.Skip((int)fromOffset).Take(recordsMax).Select((bytes, i) => new LogRecord(
                        fromOffset + i, new LogEntry(RecordType.Skip, 0, default, bytes), LeafHash.Of(bytes))),
                ]);
            }
        }

        public ValueTask<long> End(LogPartition partition, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult((long)(partition.Topic == LogTopics.Checkpoints ? Notes.Count : Records.Count));
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
