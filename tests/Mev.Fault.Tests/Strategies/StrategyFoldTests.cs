using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Learning;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;
using Mev.Journal;
using Mev.Journal.Strategies;

namespace Mev.Fault.Tests.Strategies;

/// <summary>The journal of a real run, folded with records added to it.</summary>
public sealed class StrategyFoldTests : IAsyncLifetime
{
    private readonly RunFolder _folder = new();
    private IReadOnlyList<LogRecord> _records = [];

    public async ValueTask InitializeAsync()
    {
        await WholeRun.In(_folder, Market.Generated);
        await using var journal = JournalFile.Open(_folder.Journal);
        _records = await journal.Read(new LogPartition(LogTopics.Audit, 1));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_duplicate_outcome_changes_nothing_but_the_count_of_duplicates()
    {
        var (once, twice) = (Fold(_records), Fold(_records.SelectMany(record => Repeat(record, 2))));

        var resolved = once.Tally.Landed + once.Tally.Refused + once.Tally.Expired;
        Assert.True(resolved > 100, $"only {resolved} outcomes");
        Assert.Equal(once.Posterior, twice.Posterior);
        Assert.Equal(
            once.Tally with { Duplicates = resolved }, twice.Tally with { Unknown = once.Tally.Unknown });
        Assert.Equal(once.Open.Select(intent => intent.Opportunity), twice.Open.Select(intent => intent.Opportunity));
    }

    [Fact]
    public void An_unknown_outcome_changes_no_posterior_and_leaves_its_intent_open()
    {
        var (without, with) = (Fold(_records), Fold(_records.SelectMany(UnknownFirst)));

        Assert.Equal(without.Posterior, with.Posterior);
        Assert.True(with.Tally.Unknown > 100, $"only {with.Tally.Unknown} unknown outcomes");
        Assert.Equal(without.Tally, with.Tally with { Unknown = without.Tally.Unknown });
        var onlyUnknown = Fold(_records.Select(record => IsOutcome(record) ? Unknown(record) : record));
        Assert.Equal([.. Samplers.Prior(SamplerKind.BetaThompson).CanonicalBytes()], onlyUnknown.Posterior);
        Assert.Equal(onlyUnknown.Tally.Submits, onlyUnknown.Open.Length);
    }

    [Fact]
    public void A_fold_from_any_snapshot_equals_the_fold_from_the_beginning()
    {
        var whole = Fold(_records);
        for (var offset = 0; offset < _records.Count; offset += 97)
        {
            var fold = new StrategyFold("arb-1", Fold(_records.Take(offset)));
            foreach (var record in _records.Skip(offset)) fold.Take(record);
            var snapshot = fold.Snapshot();
            Assert.Equal(whole.Posterior, snapshot.Posterior);
            Assert.Equal(
                (whole.Tally, whole.Cursor, whole.NextOffset), (snapshot.Tally, snapshot.Cursor, snapshot.NextOffset));
        }
    }

    [Fact]
    public void A_record_out_of_its_place_is_refused()
    {
        var fold = new StrategyFold("arb-1", SamplerKind.BetaThompson);

        Assert.Throws<InvalidOperationException>(() => fold.Take(_records[1]));
        fold.Take(_records[0]);
        Assert.Throws<InvalidOperationException>(() => fold.Take(_records[0]));
    }

    private static StrategySnapshot Fold(IEnumerable<LogRecord> records)
    {
        var fold = new StrategyFold("arb-1", SamplerKind.BetaThompson);
        foreach (var (offset, record) in records.Index()) Assert.True(fold.Take(record with { Offset = offset }));
        return fold.Snapshot();
    }

    private static bool IsOutcome(LogRecord record) => record.Entry.Type == RecordType.Outcome;

    private static IEnumerable<LogRecord> Repeat(LogRecord record, int times) =>
        Enumerable.Repeat(record, IsOutcome(record) ? times : 1);

    private static IEnumerable<LogRecord> UnknownFirst(LogRecord record) =>
        IsOutcome(record) ? [Unknown(record), record] : [record];

    private static LogRecord Unknown(LogRecord record)
    {
        var body = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
        body.Outcome.Kind = (uint)BundleOutcomeKind.Unknown;
        body.Outcome.Cause = (uint)OutcomeCause.Unobserved;
        return record with { Entry = record.Entry with { Bytes = body.ToByteArray() } };
    }
}
