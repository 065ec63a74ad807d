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
internal sealed class PaperRestart(IPartitionedLog log, PaperMarket market, IOptions<TradingOptions> options)
    : IHostedService
{
    private const int ReadRecordsMax = 4_096;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settlements = new List<PaperSettlement>();
        var decidedThrough = default(Slot);
        for (var number = 1; number <= options.Value.StrategyPartitions; number++)
        {
            var partition = new LogPartition(LogTopics.Audit, number);
            var slot = await Read(partition, settlements, cancellationToken);
            if (slot > decidedThrough) decidedThrough = slot;
        }
        market.Restore(settlements, decidedThrough);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Adds a partition's settlements; the slot of its last decision's cursor.</summary>
    private async Task<Slot> Read(
        LogPartition partition, List<PaperSettlement> settlements, CancellationToken cancellationToken)
    {
        var orders = new Dictionary<OpportunityId, PaperOrder>();
        LogRecord? last = null;
        for (var next = 0L; ;)
        {
            var records = await log.Read(partition, next, ReadRecordsMax, cancellationToken);
            if (records.Count == 0) return last is null ? default : SlotOf(last);
            foreach (var record in records)
            {
                Take(record, orders, settlements);
                if (record.Entry.Type is RecordType.Intent or RecordType.Skip or RecordType.Block) last = record;
            }
            next = records[^1].Offset + 1;
        }
    }

    private static Slot SlotOf(LogRecord decision) =>
        Cursors.Read(AuditRecord.Parser.ParseFrom(decision.Entry.Bytes.Span).Decision.Cursor).Slot;

    private static void Take(
        LogRecord record, Dictionary<OpportunityId, PaperOrder> orders, List<PaperSettlement> settlements)
    {
        if (record.Entry.Type is not (RecordType.Intent or RecordType.Outcome)) return;
        var body = AuditRecord.Parser.ParseFrom(record.Entry.Bytes.Span);
        if (body.Decision is { } intent)
        {
            if (PaperOrder.TryDecode(intent.Core.Message.Span, out var order) && order is not null)
                orders[new OpportunityId(new Digest(intent.Core.OpportunityId.Span))] = order;
        }
        else if (body.Outcome is { } outcome)
        {
            var read = OutcomeRecords.Read(outcome);
            if (orders.TryGetValue(read.Opportunity, out var order)) settlements.Add(new PaperSettlement(order, read));
            if (read.Kind != BundleOutcomeKind.Unknown) orders.Remove(read.Opportunity); // evidence may still come
        }
    }
}
