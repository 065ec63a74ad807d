using CsCheck;
using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Journal;
using Mev.Journal.Audit;
using Mev.Journal.Strategies;
using StrategyParameters = Mev.Domain.Decisions.StrategyParameters;

namespace Mev.Adapters.Tests.Journal;

/// <summary>Records with anything in them stop neither a reader nor a strategy's fold.</summary>
public sealed class AuditRecordsTests
{
    private static readonly (RecordType Type, AuditRecord Body)[] Whole =
        [(RecordType.Intent, Intent()), (RecordType.Outcome, Outcome(BundleOutcomeKind.Landed))];

    private static readonly Gen<(int Record, int Length, (int Place, byte Bits)[] Flips, byte[] Instead)> Damage =
        Gen.Select(
            Gen.Int[0, 3],
            Gen.OneOf(Gen.Int[0, 300], Gen.Const(int.MaxValue)),
            Gen.Select(Gen.Int[0, 300], Gen.Byte).Array[0, 6],
            Gen.Byte.Array[0, 80]);

    [Fact]
    public void A_whole_record_is_read_and_folded()
    {
        var fold = Fold();
        foreach (var (i, (type, body)) in Whole.Index())
        {
            Assert.Equal(body, AuditRecords.Read(Record(i, type, body)));
            Assert.True(fold.Take(Record(i, type, body)));
        }
        Assert.Equal((1, 1), (fold.Tally.Submits, fold.Tally.Landed));
    }

    [Fact]
    public void An_outcome_is_read_as_it_was_written_with_or_without_who_took_the_chance()
    {
        var lost = OutcomeRecords.Read(Outcome(BundleOutcomeKind.Refused).Outcome);
        var priced = lost with { WinnerTip = new Lamports(77_000) };
        var named = priced with
        {
            Winner = new AttributedWinner
            {
                Signature = "theirs",
                Slot = new Slot(9),
                Tip = new Lamports(70_000),
                Units = 81_000,
                Bid = new Lamports(77_000),
                IsAhead = true,
            },
        };
        foreach (var outcome in new[] { lost, priced, named, lost with { IsUnseen = true } })
        {
            var entry = OutcomeRecords.Of(outcome, Intent().Decision, intentOffset: 3);
            Assert.Equal(outcome, OutcomeRecords.Read(AuditRecord.Parser.ParseFrom(entry.Body.Span).Outcome));
        }
    }

    [Fact]
    public void A_record_that_can_be_decoded_but_is_not_whole_is_none_and_is_passed_over()
    {
        (int Record, Action<AuditRecord> Harm)[] harms =
        [
            (0, body => body.ClearBody()),
            (0, body => body.Decision.Core = null),
            (0, body => body.Decision.Core.OpportunityId = Bytes(31)),
            (0, body => body.Decision.Core.MessageHash = Bytes(33)),
            (0, body => body.Decision.Core.Action = 2),
            (0, body => body.Decision.Core.Choice = null),
            (0, body => body.Decision.Core.Choice.Arm = -1),
            (0, body => body.Decision.Cursor.Slot = ulong.MaxValue),
            (0, body => body.Outcome = Whole[1].Body.Outcome),
            (1, body => body.ClearBody()),
            (1, body => body.Outcome.OpportunityId = ByteString.Empty),
            (1, body => body.Outcome.Kind = 256),
            (1, body => body.Outcome.Cursor = new FeedCursor { Slot = 1UL << 63 }),
            (1, body => body.Outcome.Corrects = new Corrected { Offset = -1 }),
            (1, body => body.Outcome.Corrects = new Corrected { Kind = 4 }),
            (1, body => body.Outcome.Tokens.Add(new ChangedToken { Account = Bytes(31), Mint = Bytes(32) })),
        ];
        foreach (var (i, (which, harm)) in harms.Index())
        {
            var (type, body) = (Whole[which].Type, Whole[which].Body.Clone());
            harm(body);
            var fold = Fold();

            Assert.True(AuditRecords.Read(Record(0, type, body)) is null, $"harm {i} was not seen");
            Assert.Equal(body, AuditRecords.Parse(Record(0, type, body)));
            Assert.False(fold.Take(Record(0, type, body)));
            Assert.Equal((1, 0), (fold.NextOffset, fold.Tally.Decisions));
        }
    }

    [Fact]
    public void An_intent_with_an_arm_that_the_sampler_has_not_is_passed_over()
    {
        var (fold, intent) = (Fold(), Intent());
        intent.Decision.Core.Choice.Arm = fold.Sampler.Arms.Length;

        Assert.False(fold.Take(Record(0, RecordType.Intent, intent)));
        Assert.Equal((1, 0), (fold.NextOffset, fold.Tally.Decisions));
    }

    [Fact]
    public void An_outcome_whose_amount_cannot_be_added_up_is_passed_over()
    {
        var fold = Fold();
        var rich = Outcome(BundleOutcomeKind.Landed);
        (rich.Outcome.Realised, rich.Outcome.TipPaid) = (long.MinValue, 1);

        Assert.True(fold.Take(Record(0, RecordType.Intent, Intent())));
        Assert.False(fold.Take(Record(1, RecordType.Outcome, rich)));

        Assert.Equal((0, 1), (fold.Tally.Landed, fold.Open.Count));
    }

    [Fact]
    public void Truncated_changed_and_random_records_never_throw() => Damage.Array[1, 30].Sample(
        damages =>
        {
            var fold = Fold();
            foreach (var (offset, damage) in damages.Index())
            {
                var record = Damaged(offset, damage);
                if (AuditRecords.Read(record) is { Outcome: { } outcome }) OutcomeRecords.Read(outcome);
                fold.Take(record);
            }
            Assert.Equal(damages.Length, fold.NextOffset);
            Assert.NotNull(fold.Snapshot());
        },
        iter: 5_000);

    private static LogRecord Damaged(
        int offset, (int Record, int Length, (int Place, byte Bits)[] Flips, byte[] Instead) damage)
    {
        var (type, body) = Whole[damage.Record % Whole.Length];
        var bytes = damage.Record < Whole.Length ? body.ToByteArray() : damage.Instead;
        foreach (var (place, bits) in damage.Flips)
            if (bytes.Length > 0) bytes[place % bytes.Length] ^= bits;
        return Record(offset, type, bytes[..Math.Min(damage.Length, bytes.Length)]);
    }

    private static StrategyFold Fold() => new(new StrategyParameters { Id = "arb-1" });

    [Fact]
    public void A_changed_byte_that_still_parses_is_no_record()
    {
        var bytes = Intent().ToByteArray();
        var written = LogRecords.Of(3, new LogEntry(RecordType.Intent, 1, default, bytes));
        Assert.NotNull(AuditRecords.Read(written));
        var changed = Intent();
        changed.Decision.Core.Tip++;
        var damaged = written with { Entry = written.Entry with { Bytes = changed.ToByteArray() } };
        Assert.NotNull(AuditRecords.Parse(damaged));
        Assert.Null(AuditRecords.Read(damaged));
    }

    private static LogRecord Record(long offset, RecordType type, AuditRecord body) =>
        Record(offset, type, body.ToByteArray());

    private static LogRecord Record(long offset, RecordType type, byte[] bytes) =>
        LogRecords.Of(offset, new LogEntry(type, 1, default, bytes));

    private static AuditRecord Intent() => new()
    {
        Decision = new Decision
        {
            DecisionId = Bytes(16),
            Strategy = "arb-1",
            Cursor = new FeedCursor { Position = 7, Slot = 300, WriteVersion = 3 },
            Core = new DecisionCore
            {
                OpportunityId = Bytes(Digest.Length),
                Action = (uint)Domain.Decisions.DecisionAction.Submit,
                Value = 1_000,
                Choice = new Choice { Arm = 3, TipBps = 500 },
                RandomKey = RandomKey.Of("arb-1", new StrategyParameters { Id = "arb-1" }.Epoch).Value,
                Message = Bytes(40),
                MessageHash = Bytes(Digest.Length),
            },
        },
    };

    private static AuditRecord Outcome(BundleOutcomeKind kind) => new()
    {
        Outcome = new Outcome
        {
            OpportunityId = Bytes(Digest.Length),
            Strategy = "arb-1",
            Kind = (uint)kind,
            Cause = (uint)OutcomeCause.Landed,
            Slot = 301,
            Realised = 900,
            TipPaid = 100,
            Cursor = new FeedCursor { Position = 8, Slot = 301, WriteVersion = 4 },
        },
    };

    private static ByteString Bytes(int length) =>
        ByteString.CopyFrom([.. Enumerable.Range(0, length).Select(i => (byte)i)]);
}
