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
        for (var partition = 1; partition <= options.Value.StrategyPartitions; partition++)
            market.Restore(await Settlements(new LogPartition(LogTopics.Audit, partition), cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<PaperSettlement>> Settlements(LogPartition partition, CancellationToken cancellationToken)
    {
        var orders = new Dictionary<OpportunityId, PaperOrder>();
        var settlements = new List<PaperSettlement>();
        var next = 0L;
        while (true)
        {
            var records = await log.Read(partition, next, ReadRecordsMax, cancellationToken);
            if (records.Count == 0) return settlements;
            foreach (var record in records) Take(record, orders, settlements);
            next = records[^1].Offset + 1;
        }
    }

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
