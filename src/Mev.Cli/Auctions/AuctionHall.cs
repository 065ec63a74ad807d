using Mev.Domain.Auctions;
using Spectre.Console;

namespace Mev.Cli.Auctions;

/// <summary>Plays jobs on all cores. Results stand in the order of the jobs: a run is the same anywhere.</summary>
internal static class AuctionHall
{
    public static IReadOnlyList<AuctionResult> Play(
        IReadOnlyList<AuctionJob> jobs, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected) return Play(jobs, _ => { }, cancellationToken);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(progress =>
        {
            var bar = progress.AddTask("auctions", maxValue: jobs.Sum(job => (double)job.Horizon));
            return Play(jobs, job => bar.Increment(job.Horizon), cancellationToken);
        });
    }

    private static AuctionResult[] Play(
        IReadOnlyList<AuctionJob> jobs, Action<AuctionJob> done, CancellationToken cancellationToken)
    {
        var results = new AuctionResult[jobs.Count];
        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, jobs.Count, bounds, i =>
        {
            var job = jobs[i];
            var run = new AuctionRun(job.Seed, job.Terms, job.Contender.Create(job.Seed));
            run.Play(job.Horizon);
            results[i] = new AuctionResult(job, run.Blocks, run.Calibration);
            done(job);
        });
        return results;
    }
}
