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
        var (decidedThrough, undecodable) = (default(Slot), 0L);
        await foreach (var record in log.ReadAll(partition, fromOffset: 0, cancellationToken))
        {
            if (AuditRecords.Read(record) is not { } body) undecodable++;
            else if (body.Decision is { } decision) decidedThrough = Take(decision, orders);
            else if (body.Outcome is { } outcome) Take(OutcomeRecords.Read(outcome), orders, settlements);
        }
        if (undecodable > 0) LogUndecodable(undecodable, partition);
        return decidedThrough;
    }

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

    [LoggerMessage(13001, LogLevel.Error, "{Count} records of {Partition} cannot be decoded: settled without them")]
    private partial void LogUndecodable(long count, LogPartition partition);
}
