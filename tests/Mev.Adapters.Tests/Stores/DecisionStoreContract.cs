using Mev.Adapters.Tests.Journal;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Decisions;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Sinker;
using Mev.Journal.Sqlite;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;
using Decision = Mev.Contracts.V1.Decision;

namespace Mev.Adapters.Tests.Stores;

/// <summary>
/// What every decision store does: it holds each record once, and its answers are those that the journal gives to who
/// reads it record by record.
/// </summary>
public abstract partial class DecisionStoreContract : IAsyncLifetime
{
    private const int RecordsPerPartition = 700;

    private readonly PlainMeterFactory _meters = new();
    private SqliteLog _log = null!;
    private IDecisionStore _store = null!;
    private JournalReading _journal = null!;

    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Opens the store of the test's folder, also again.</summary>
    protected abstract IDecisionStore Open();

    /// <summary>Every record that the open store holds, as often as it is there.</summary>
    protected abstract IReadOnlyList<(int Partition, long Offset, string Leaf, RecordState State)> Held(
        IDecisionStore store);

    public async ValueTask InitializeAsync()
    {
        _log = Parts.Log(Folder.File("journal.db"), _meters);
        _store = Open();
        for (var partition = 0; partition <= Parts.StrategyPartitions; partition++)
        {
            var made = new MadeJournal("contract", partition);
            LogEntry[] entries = [.. Enumerable.Range(0, RecordsPerPartition).Select(_ => made.Next())];
            await _log.Append(new LogPartition(LogTopics.Audit, partition), entries);
        }
        await Fill(_store);
        _journal = await JournalReading.Of(_log, Parts.StrategyPartitions);
    }

    public async ValueTask DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        await _log.DisposeAsync();
        _meters.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Every_record_of_the_journal_is_there_once_with_its_leaf_and_what_became_of_it()
    {
        var expected = _journal.Records.Index().SelectMany(partition => partition.Item.Select(record =>
            (partition.Index, record.Offset, $"{record.LeafHash}",
                AuditRecords.Read(record) is null ? RecordState.Undecodable : RecordState.Taken)));
        Assert.Equal(expected, Held(_store).Order());
        Assert.Contains(Held(_store), record => record.State == RecordState.Undecodable);
    }

    [Fact]
    public async Task The_position_is_that_behind_the_last_record_and_survives_reopening()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var partition = 0; partition <= Parts.StrategyPartitions; partition++)
            {
                var position = await _store.Position(partition);
                Assert.Equal(RecordsPerPartition, position.Next);
                Assert.Equal(_journal.Records[partition][^1].LeafHash, position.LastLeaf);
            }
            (_store as IDisposable)?.Dispose();
            _store = Open();
        }
        Assert.Equal(default, await _store.Position(60_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(RecordsPerPartition - 1)]
    [InlineData(RecordsPerPartition + 1)]
    public async Task A_batch_that_does_not_begin_where_the_store_ends_is_refused_and_changes_nothing(long first)
    {
        var row = new RecordRow(first, RecordType.Skip, 1, default, default, RecordState.Taken, default);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await _store.Write(new StoreBatch(1, first, [row])));
        Assert.Equal((Parts.StrategyPartitions + 1) * RecordsPerPartition, Held(_store).Count);
        Assert.Equal(RecordsPerPartition, (await _store.Position(1)).Next);
    }

    [Fact]
    public async Task A_second_run_of_the_sink_adds_what_is_new_and_nothing_else()
    {
        var made = new MadeJournal("more", 1);
        await _log.Append(new LogPartition(LogTopics.Audit, 1), [made.Next(), made.Next()]);
        await Fill(_store);
        await Fill(_store);
        Assert.Equal((Parts.StrategyPartitions + 1) * RecordsPerPartition + 2, Held(_store).Count);
        Assert.Equal(Held(_store).Count, Held(_store).Distinct().Count());
    }

    [Fact]
    public async Task A_store_of_another_journal_is_neither_written_nor_believed()
    {
        await using var other = Parts.Log(Folder.File("other.db"), _meters);
        var made = new MadeJournal("other", 1);
        await other.Append(
            new LogPartition(LogTopics.Audit, 1), [.. Enumerable.Range(0, 2_000).Select(_ => made.Next())]);
        var progress = await Fill(_store, other);
        Assert.False(progress.Current.IsAvailable);
        Assert.Contains("not this journal's", progress.Current.Trouble);
        Assert.Equal((Parts.StrategyPartitions + 1) * RecordsPerPartition, Held(_store).Count);
    }

    [Fact]
    public async Task Amounts_and_times_that_nobody_can_have_end_no_question()
    {
        var entries = new List<LogEntry>();
        foreach (var value in new[] { long.MinValue, long.MaxValue, -1, 0 })
        {
            var intent = Hostile(value);
            entries.Add(new LogEntry(RecordType.Intent, value, default, Google.Protobuf.MessageExtensions.ToByteArray(
                new AuditRecord { Decision = intent })));
            entries.Add(new LogEntry(RecordType.Outcome, value, default, Google.Protobuf.MessageExtensions.ToByteArray(
                new AuditRecord
                {
                    Outcome = new Outcome
                    {
                        OpportunityId = intent.Core.OpportunityId,
                        IntentOffset = RecordsPerPartition + entries.Count - 1,
                        Kind = (uint)BundleOutcomeKind.Landed,
                        Realised = value,
                        TipPaid = unchecked(-value),
                        WinnerTip = value,
                        ObservedMs = value,
                        Cause = uint.MaxValue,
                    },
                })));
        }
        await _log.Append(new LogPartition(LogTopics.Audit, 1), entries);
        var progress = await Fill(_store);
        Assert.Equal("", progress.Current.Trouble);
        Assert.Equal((Parts.StrategyPartitions + 1) * RecordsPerPartition + entries.Count, Held(_store).Count);
        var all = new StoreRange(0, long.MaxValue - 1, long.MaxValue / 1_000, null);
        Assert.NotEmpty(await _store.Results(all));
        Assert.All(await _store.Results(all), point => Assert.True(point.Net.Value is > long.MinValue));
        Assert.NotEmpty(await _store.Latencies(all));
        Assert.Equal(DecisionSearch.LimitMax, (await _store.Search(new DecisionSearch { Limit = 500 })).Length);
    }

    /// <summary>Takes all of the journal into the store, by the sink that hosts use.</summary>
    private async Task<SinkProgress> Fill(IDecisionStore store, SqliteLog? log = null)
    {
        var progress = new SinkProgress(_meters);
        using var sink = Parts.Sink(log ?? _log, store, progress, new DecisionSinkOptions
        {
            BatchRecordsMax = 400,
            IdleInterval = TimeSpan.FromMilliseconds(10),
            DrainTimeout = TimeSpan.FromMinutes(1),
        });
        await sink.StartAsync(CancellationToken.None);
        while (progress.Current is { LagRecords: > 0, Trouble: "" } or { IsAvailable: false, Trouble: "" })
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        await sink.StopAsync(CancellationToken.None);
        return progress;
    }

    private static Decision Hostile(long value)
    {
        var id = Google.Protobuf.ByteString.CopyFrom(new MadeChance($"{value}").Digest.ToArray());
        return new Decision
        {
            DecisionId = Google.Protobuf.ByteString.CopyFromUtf8("no id"),
            Strategy = "",
            ReceivedNs = value,
            EvaluatedNs = unchecked(-value),
            DecidedNs = value,
            Drain = new DrainCounts { Evaluated = ulong.MaxValue },
            Core = new DecisionCore
            {
                OpportunityId = id,
                Slot = ulong.MaxValue,
                Value = value,
                GrossProfit = value,
                Action = (uint)DecisionAction.Submit,
                Reason = uint.MaxValue,
                Route = uint.MaxValue,
                MessageHash = id,
                PosteriorId = id,
                ParametersHash = id,
                Choice = new Choice { Arm = int.MaxValue, TipBps = uint.MaxValue, Score = double.NaN },
            },
        };
    }
}
