using Mev.Adapters.Paper;
using Mev.Grains;
using Mev.Journal;
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
        var histories = new List<PaperHistory>();
        for (var number = 1; number <= options.Value.StrategyPartitions; number++)
            histories.Add(await Read(new LogPartition(LogTopics.Audit, number), cancellationToken));
        market.Restore(
            histories.SelectMany(history => history.Settlements),
            histories.Select(history => history.DecidedThrough).Max(),
            histories.Any(history => history.Undecodable > 0) ? histories.SelectMany(history => history.Lost) : null);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<PaperHistory> Read(LogPartition partition, CancellationToken cancellationToken)
    {
        var history = new PaperHistory();
        await foreach (var record in log.ReadAll(partition, fromOffset: 0, cancellationToken)) history.Take(record);
        if (history.Undecodable > 0) LogUndecodable(history.Undecodable, partition);
        return history;
    }

    [LoggerMessage(13001, LogLevel.Error,
        "{Count} records of {Partition} cannot be decoded: settled without them, and again what they had settled")]
    private partial void LogUndecodable(long count, LogPartition partition);
}
