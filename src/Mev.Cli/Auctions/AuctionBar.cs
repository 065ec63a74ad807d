using Mev.Auctions;
using Spectre.Console;

namespace Mev.Cli.Auctions;

/// <summary>Auctions with a progress bar, where somebody looks.</summary>
internal static class AuctionBar
{
    public static IReadOnlyList<AuctionResult> Play(
        IReadOnlyList<AuctionJob> jobs, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected) return AuctionHall.Play(jobs, _ => { }, cancellationToken);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(progress =>
        {
            var bar = progress.AddTask("auctions", maxValue: jobs.Sum(job => (double)job.Horizon));
            return AuctionHall.Play(jobs, job => bar.Increment(job.Horizon), cancellationToken);
        });
    }
}
