using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Fault.Tests.Evidence;
using Mev.Fault.Tests.Runs;
using Mev.Journal;
using Mev.Journal.Strategies;

namespace Mev.Fault.Tests.Strategies;

/// <summary>The journal of a real run, folded with records added to it.</summary>
public abstract class StrategyFoldContract(SamplerKind sampler) : IAsyncLifetime
{
    private readonly StrategyParameters _parameters = new() { Id = "arb-1", Sampler = sampler };

    private readonly RunFolder _folder = new();
    private IReadOnlyList<LogRecord> _records = [];

    public async ValueTask InitializeAsync()
    {
        await WholeRun.In(_folder, Market.Generated with { Sampler = sampler });
        await using var journal = JournalFile.Open(_folder.Journal);
        _records = await journal.Read(new LogPartition(LogTopics.Audit, 1));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_duplicate_outcome_changes_nothing_but_the_count_of_duplicates()
    {
        var (once, twice) = (Fold(_records), Fold(_records.SelectMany(record => Repeat(record, 2))));

        var resolved = once.Tally.Landed + once.Tally.Refused + once.Tally.Expired;
        Assert.True(resolved > 100, $"only {resolved} outcomes");
        Assert.Equal(once.Posterior, twice.Posterior);
        Assert.Equal(once.Tally with { Duplicates = resolved + once.Tally.Unknown }, twice.Tally);
        Assert.Equal(once.Causes, twice.Causes);
        Assert.Equal(once.Open.Select(intent => intent.Opportunity), twice.Open.Select(intent => intent.Opportunity));
    }

    [Fact]
    public void An_unknown_outcome_changes_no_posterior_and_leaves_its_intent_open()
    {
        var (without, with) = (Fold(_records), Fold(_records.SelectMany(UnknownFirst)));

        Assert.Equal(without.Posterior, with.Posterior);
        Assert.True(with.Tally.Unknown > 100, $"only {with.Tally.Unknown} unknown outcomes");
        Assert.Equal(
            without.Tally with { Duplicates = without.Tally.Unknown },
            with.Tally with { Unknown = without.Tally.Unknown });
        var onlyUnknown = Fold(_records.Select(record => IsOutcome(record) ? Unknown(record) : record));
        Assert.Equal([.. Samplers.Prior(sampler).CanonicalBytes()], onlyUnknown.Posterior);
        Assert.Equal(onlyUnknown.Tally.Submits, onlyUnknown.Open.Length);
    }

    [Fact]
    public void An_unknown_intent_is_open_until_no_evidence_can_come_any_more()
    {
        var unknown = _records.Select(record => IsOutcome(record) ? Unknown(record) : record).ToList();
        var before = Fold(unknown);
        var first = before.Open[0].DecidedIn.Plus(StrategyFold.UnknownSlotsMax);
        var decision = unknown.Last(record => record.Entry.Type == RecordType.Skip);

        Assert.Equal(before.Open, Fold([.. unknown, At(decision, first)]).Open);
        var after = Fold([.. unknown, At(decision, first.Plus(1))]);
        Assert.Equal(before.Open.Where(intent => intent.DecidedIn > before.Open[0].DecidedIn), after.Open);
        Assert.Equal(before.Tally.Unknown, after.Tally.Unknown);
        Assert.Equal(before.Posterior, after.Posterior);
        var waiting = Fold([.. _records.Where(record => !IsOutcome(record)), At(decision, first.Plus(1_000))]);
        Assert.Equal(waiting.Tally.Submits, waiting.Open.Length);
        Assert.Empty(Fold([.. unknown, At(decision, first.Plus(1_000))]).Open);
    }

    [Fact]
    public void Another_epoch_begins_with_the_prior_and_learns_from_its_own_decisions_alone()
    {
        var second = _parameters with { Epoch = 2 };
        var (first, other) = (Fold(_records), Fold(_records, second));

        Assert.Equal([.. Samplers.Prior(sampler).CanonicalBytes()], other.Posterior);
        Assert.Equal((first.Tally, first.Cursor), (other.Tally, other.Cursor));
        Assert.NotEqual(first.Posterior, other.Posterior);
        var half = _records.Count / 2;
        var decided = _records.Select((record, i) => i < half ? record : Decided(record, second)).ToList();
        var early = _records.Take(half).Select(record => record.Entry.Key).ToHashSet();
        var alone = decided.Select(record =>
            IsOutcome(record) && early.Contains(record.Entry.Key) ? Unknown(record) : record);
        Assert.Equal(Fold(alone, second).Posterior, Fold(decided, second).Posterior);
        Assert.NotEqual(other.Posterior, Fold(decided, second).Posterior);
        Assert.Equal(first.Tally, Fold(decided, second).Tally);
    }

    [Fact]
    public void A_fold_from_any_snapshot_equals_the_fold_from_the_beginning()
    {
        var whole = Fold(_records);
        for (var offset = 0; offset < _records.Count; offset += 97)
        {
            var fold = new StrategyFold(_parameters, Fold(_records.Take(offset)));
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
        var fold = new StrategyFold(_parameters);

        Assert.Throws<InvalidOperationException>(() => fold.Take(_records[1]));
        fold.Take(_records[0]);
        Assert.Throws<InvalidOperationException>(() => fold.Take(_records[0]));
    }

    private StrategySnapshot Fold(IEnumerable<LogRecord> records, StrategyParameters? parameters = null)
    {
        var fold = new StrategyFold(parameters ?? _parameters);
        foreach (var (offset, record) in records.Index()) Assert.True(fold.Take(record with { Offset = offset }));
        return fold.Snapshot();
    }

    private static bool IsOutcome(LogRecord record) => record.Entry.Type == RecordType.Outcome;

    private static IEnumerable<LogRecord> Repeat(LogRecord record, int times) =>
        Enumerable.Repeat(record, IsOutcome(record) ? times : 1);

    private static IEnumerable<LogRecord> UnknownFirst(LogRecord record) =>
        IsOutcome(record) ? [Unknown(record), record] : [record];

    private static LogRecord Unknown(LogRecord record) => Changed(record, body =>
    {
        body.Outcome.Kind = (uint)BundleOutcomeKind.Unknown;
        body.Outcome.Cause = (uint)OutcomeCause.Unobserved;
    });

    private static LogRecord At(LogRecord decision, Slot slot) =>
        Changed(decision, body => body.Decision.Cursor.Slot = slot.Value);

    private static LogRecord Decided(LogRecord record, StrategyParameters parameters) => Changed(record, body =>
    {
        if (body.Decision is { } decision)
            decision.Core.RandomKey = RandomKey.Of(parameters.Id, parameters.Epoch).Value;
    });

    private static LogRecord Changed(LogRecord record, Action<AuditRecord> change)
    {
        var body = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
        change(body);
        var bytes = body.ToByteArray();
        return record with { Entry = record.Entry with { Bytes = bytes }, LeafHash = LeafHash.Of(bytes) };
    }
}
