using Mev.Adapters.Paper;
using Mev.Contracts.V1;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Grains;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>
/// Gives the paper market the settlements of earlier runs before the feed is read, so that its landings happen again at
/// the same places. Starts before the feed pump, which comes after it in the order of hosted services.
/// </summary>
internal sealed partial class PaperRestart(
    IPartitionedLog log, PaperMarket market, IOptions<TradingOptions> options, ILogger<PaperRestart> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settlements = new List<PaperSettlement>();
        var lost = new List<PaperOrder>();
        var (decidedThrough, undecodable) = (default(Slot), 0L);
        for (var number = 1; number <= options.Value.StrategyPartitions; number++)
        {
            var partition = new LogPartition(LogTopics.Audit, number);
            var (slot, count) = await Read(partition, settlements, lost, cancellationToken);
            if (slot > decidedThrough) decidedThrough = slot;
            undecodable += count;
        }
        market.Restore(settlements, decidedThrough, undecodable > 0 ? lost : null);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Adds a partition's settlements, and the orders whose outcome is there and cannot be read: they are settled
    /// again, where they were. Answers the slot of its last decision's cursor, and how many records cannot be read.
    /// </summary>
    private async Task<(Slot DecidedThrough, long Undecodable)> Read(
        LogPartition partition, List<PaperSettlement> settlements, List<PaperOrder> lost,
        CancellationToken cancellationToken)
    {
        var orders = new Dictionary<OpportunityId, PaperOrder>();
        var unreadable = new HashSet<OpportunityId>();
        var (decidedThrough, undecodable) = (default(Slot), 0L);
        await foreach (var record in log.ReadAll(partition, fromOffset: 0, cancellationToken))
        {
            var body = AuditRecords.Read(record);
            if (body is null)
            {
                undecodable++;
                if (record.Entry.Type == RecordType.Outcome) unreadable.Add(new OpportunityId(record.Entry.Key));
                body = OrderIn(record);
                if (body is not null) Take(body.Decision, orders); // of its cursor nothing is known
                continue;
            }
            if (body.Decision is { } decision) decidedThrough = Take(decision, orders);
            else if (body.Outcome is { } outcome) Take(OutcomeRecords.Read(outcome), orders, settlements);
        }
        lost.AddRange(orders.Where(order => unreadable.Contains(order.Key)).Select(order => order.Value));
        if (undecodable > 0) LogUndecodable(undecodable, partition);
        return (decidedThrough, undecodable);
    }

    /// <summary>A damaged intent whose order is as it was: its landing can be repeated all the same.</summary>
    private static AuditRecord? OrderIn(LogRecord record) =>
        record.Entry.Type == RecordType.Intent && AuditRecords.Parse(record) is { Decision.Core: { } core } body
        && core.OpportunityId.Length == Digest.Length && core.MessageHash.Length == Digest.Length
        && Digest.Of(core.Message.Span) == new Digest(core.MessageHash.Span)
            ? body
            : null;

    private static Slot Take(Decision decision, Dictionary<OpportunityId, PaperOrder> orders)
    {
        if (PaperOrder.TryDecode(decision.Core.Message.Span, out var order) && order is not null)
            orders[new OpportunityId(new Digest(decision.Core.OpportunityId.Span))] = order;
        return Cursors.Read(decision.Cursor).Slot;
    }

    private static void Take(
        BundleOutcome outcome, Dictionary<OpportunityId, PaperOrder> orders, List<PaperSettlement> settlements)
    {
        if (orders.TryGetValue(outcome.Opportunity, out var order))
            settlements.Add(new PaperSettlement(order, outcome));
        if (outcome.Kind != BundleOutcomeKind.Unknown) orders.Remove(outcome.Opportunity); // evidence may still come
    }

    [LoggerMessage(13001, LogLevel.Error,
        "{Count} records of {Partition} cannot be decoded: settled without them, and again what they had settled")]
    private partial void LogUndecodable(long count, LogPartition partition);
}
