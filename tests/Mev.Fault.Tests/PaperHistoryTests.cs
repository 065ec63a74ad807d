using Google.Protobuf;
using Mev.Contracts.V1;
using Mev.DevHost;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Decisions;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;
using Mev.Journal;
using Mev.Journal.Audit;
using Decision = Mev.Contracts.V1.Decision;
using FeedCursor = Mev.Contracts.V1.FeedCursor;

namespace Mev.Fault.Tests;

/// <summary>What a start believes of records that are whole, and of damaged ones.</summary>
public sealed class PaperHistoryTests
{
    private readonly PaperHistory _history = new();
    private long _offset;

    [Fact]
    public void Orders_are_settled_by_their_outcomes_and_the_last_cursor_counts()
    {
        Take(RecordType.Intent, Intent(1, slot: 100));
        Take(RecordType.Intent, Intent(2, slot: 101));
        Take(RecordType.Outcome, Outcome(1));
        Assert.Equal([Opportunity(1)], _history.Settlements.Select(one => one.Order.Opportunity));
        Assert.Equal((new Slot(101), 0L), (_history.DecidedThrough, _history.Undecodable));
        Assert.Empty(_history.Lost);
    }

    /// <summary>Its order is proven by its hash, its cursor by nothing: a far one would hold the market.</summary>
    [Fact]
    public void A_damaged_cursor_is_not_believed_and_its_order_is()
    {
        Take(RecordType.Intent, Intent(1, slot: 100));
        Take(RecordType.Intent, Intent(2, slot: 101), Intent(2, slot: 1_000_000_000));
        Take(RecordType.Outcome, Outcome(2));
        Assert.Equal((new Slot(100), 1L), (_history.DecidedThrough, _history.Undecodable));
        Assert.Equal([Opportunity(2)], _history.Settlements.Select(one => one.Order.Opportunity));
    }

    [Fact]
    public void An_order_with_another_message_is_none_and_an_outcome_that_cannot_be_read_is_lost()
    {
        var moved = Intent(2, slot: 101);
        moved.Decision.Core.Message = ByteString.CopyFrom(Order(3, tip: 7).Encode());
        Take(RecordType.Intent, Intent(2, slot: 101), moved);
        Take(RecordType.Outcome, Outcome(2));
        Assert.Empty(_history.Settlements);
        Take(RecordType.Intent, Intent(1, slot: 102));
        Take(RecordType.Outcome, Outcome(1), new AuditRecord());
        Assert.Equal([Opportunity(1)], _history.Lost.Select(order => order.Opportunity));
        Assert.Empty(_history.Settlements);
    }

    /// <summary>As it was written, or with other bytes than those of its leaf hash.</summary>
    private void Take(RecordType type, AuditRecord body, AuditRecord? instead = null)
    {
        var key = body.Decision?.Core.OpportunityId ?? body.Outcome.OpportunityId;
        var entry = new LogEntry(type, 1, new Digest(key.Span), body.ToByteArray());
        var bytes = (instead ?? body).ToByteArray();
        _history.Take(new LogRecord(
            _offset++, entry with { Bytes = bytes }, LeafHash.Of(entry.Bytes.Span)));
    }

    private static OpportunityId Opportunity(byte number) => new(Digest.Of([number]));

    private static AuditRecord Intent(byte number, ulong slot)
    {
        var message = Order(number, tip: 5).Encode();
        return new AuditRecord
        {
            Decision = new Decision
            {
                Strategy = "arb-1",
                Cursor = new FeedCursor { Slot = slot },
                Core = new DecisionCore
                {
                    OpportunityId = Bytes(Opportunity(number).Value),
                    Action = (uint)DecisionAction.Submit,
                    Choice = new Contracts.V1.Choice { Arm = 7 },
                    Message = ByteString.CopyFrom(message),
                    MessageHash = Bytes(Digest.Of(message)),
                },
            },
        };
    }

    private static AuditRecord Outcome(byte number) => AuditRecord.Parser.ParseFrom(OutcomeRecords.Of(
        new BundleOutcome
        {
            Opportunity = Opportunity(number),
            Kind = BundleOutcomeKind.Landed,
            Cause = OutcomeCause.Landed,
            Slot = new Slot(103),
            Realised = new Lamports(9_000),
            TipPaid = new Lamports(5),
            Cursor = default,
            ObservedMs = 1,
        },
        Intent(number, slot: 100).Decision, intentOffset: 0).Body.Span);

    private static PaperOrder Order(byte number, long tip) => new()
    {
        Opportunity = Opportunity(number),
        Hops = [new Hop(new PoolId(new Pubkey(Digest.Of([number]).ToArray())), SwapDirection.AToB)],
        AmountIn = new TokenAmount(1_000),
        Tip = new Lamports(tip),
        Fee = new Lamports(5_000),
        Route = Route.Fast,
        DecidedIn = new Slot(100),
        LandsIn = new Slot(103),
        TipFloor = Lamports.Zero,
    };

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
