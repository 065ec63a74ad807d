using Mev.Adapters.Jito;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Grains.Wallets;

namespace Mev.DevHost.Bundles;

/// <summary>
/// Runs the block engine's sender beside the feed: tells the signer which tip accounts it reports, and the sender
/// what lands.
/// </summary>
internal sealed class EngineSession(
    JitoSender sender, WalletBook book, YellowstoneFeed feed, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(sender.Run(stoppingToken), ReportTipAccounts(stoppingToken), Watch(stoppingToken));

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

    private async Task Watch(CancellationToken cancellationToken)
    {
        await foreach (var observation in feed.Observe().ReadAllAsync(cancellationToken))
            sender.Observe(observation);
    }
}
