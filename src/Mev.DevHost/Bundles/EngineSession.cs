using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Landing;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Work;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Strategies;
using Mev.Grains.Strategies;
using Mev.Grains.Wallets;

namespace Mev.DevHost.Bundles;

/// <summary>
/// Runs the block engine's sender beside the feed: tells the signer which tip accounts it reports, the sender what
/// lands, and strategies who took what they let pass.
/// </summary>
internal sealed partial class EngineSession(
    JitoSender sender, ChanceWatch chances, StrategyCatalog strategies, WalletBook book, YellowstoneFeed feed,
    IGrainFactory grains, TimeProvider time, ILogger<EngineSession> logger) : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => SideBySide.Run(
        stoppingToken, sender.Run, ReportTipAccounts, Watch, StopAtFaults, TellTaken);

    private async Task ReportTipAccounts(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ReportInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (sender.ReportedTipAccounts is not { } accounts) continue;
            book.Report(accounts);
            return; // the engine is asked once
        }
    }

    /// <summary>
    /// What the breaker holds back for a moment the policy grain holds back for good: only an operator resumes. While
    /// the stop is neither journalled nor saved the breaker stays open, and it is tried again.
    /// </summary>
    private async Task StopAtFaults(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ReportInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (sender.BreakerReason is not { } reason) continue;
            try
            {
                await grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop($"breaker: {reason}");
                sender.CloseBreaker();
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotStopped(failure.Message);
            }
        }
    }

    /// <summary>Whose skip it was the strategies know. One that is away does not hear of it.</summary>
    private async Task TellTaken(CancellationToken cancellationToken)
    {
        await foreach (var (opportunity, winner) in chances.Taken.ReadAllAsync(cancellationToken))
        {
            foreach (var strategy in strategies.Ids)
            {
                try
                {
                    await grains.GetGrain<IStrategyGrain>(strategy).Taken(opportunity, winner);
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    LogNotTold(strategy, failure.Message);
                }
            }
        }
    }

    private async Task Watch(CancellationToken cancellationToken)
    {
        await foreach (var observation in feed.Observe().ReadAllAsync(cancellationToken))
            sender.Observe(observation);
    }

    [LoggerMessage(13004, LogLevel.Warning, "Strategy {Strategy} was not told who took what it let pass: {Reason}")]
    private partial void LogNotTold(string strategy, string reason);

    [LoggerMessage(13003, LogLevel.Error, "Nothing is sent, and the stop for it is not written yet: {Reason}")]
    private partial void LogNotStopped(string reason);
}
