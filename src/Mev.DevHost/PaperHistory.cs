using Mev.Adapters.Paper;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Journal;
using Mev.Journal.Audit;

namespace Mev.DevHost;

/// <summary>What one partition of the journal says of earlier runs' orders, record by record in its order.</summary>
internal sealed class PaperHistory
{
    private readonly Dictionary<OpportunityId, PaperOrder> _orders = [];
    private readonly HashSet<OpportunityId> _unreadable = [];
    private readonly List<PaperSettlement> _settlements = [];

    /// <summary>Orders with their outcomes.</summary>
    public IReadOnlyList<PaperSettlement> Settlements => _settlements;

    /// <summary>Orders whose outcome is there and cannot be read: they are settled again, where they were.</summary>
    public IEnumerable<PaperOrder> Lost =>
        _orders.Where(order => _unreadable.Contains(order.Key)).Select(order => order.Value);

    /// <summary>The slot of the last decision's cursor; of one that is damaged nothing is known.</summary>
    public Slot DecidedThrough { get; private set; }

    /// <summary>Records that cannot be read.</summary>
    public long Undecodable { get; private set; }

    /// <summary>Takes the next record.</summary>
    public void Take(LogRecord record)
    {
        if (AuditRecords.Read(record) is not { } body)
        {
            Undecodable++;
            if (record.Entry.Type == RecordType.Outcome) _unreadable.Add(new OpportunityId(record.Entry.Key));
            if (OrderIn(record) is { } damaged) Take(damaged);
        }
        else if (body.Decision is { } decision)
        {
            Take(decision);
            DecidedThrough = Cursors.Read(decision.Cursor).Slot;
        }
        else if (body.Outcome is { } outcome)
        {
            Take(OutcomeRecords.Read(outcome));
        }
    }

    /// <summary>A damaged intent whose order is as it was: its landing can be repeated all the same.</summary>
    private static Decision? OrderIn(LogRecord record) =>
        record.Entry.Type == RecordType.Intent
        && AuditRecords.Parse(record) is { Decision: { Core: { } core } decision }
        && core.OpportunityId.Length == Digest.Length && core.MessageHash.Length == Digest.Length
        && Digest.Of(core.Message.Span) == new Digest(core.MessageHash.Span)
            ? decision
            : null;

    private void Take(Decision decision)
    {
        if (PaperOrder.TryDecode(decision.Core.Message.Span, out var order) && order is not null)
            _orders[new OpportunityId(new Digest(decision.Core.OpportunityId.Span))] = order;
    }

    private void Take(BundleOutcome outcome)
    {
        if (_orders.TryGetValue(outcome.Opportunity, out var order))
            _settlements.Add(new PaperSettlement(order, outcome));
        if (outcome.Kind != BundleOutcomeKind.Unknown) _orders.Remove(outcome.Opportunity); // evidence may still come
    }
}
