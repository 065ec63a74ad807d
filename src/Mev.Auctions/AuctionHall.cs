using Mev.Domain.Auctions;

namespace Mev.Auctions;

/// <summary>Plays jobs on all cores. Results stand in the order of the jobs: a run is the same anywhere.</summary>
public static class AuctionHall
{
    /// <summary>Plays them all.</summary>
    /// <param name="jobs">What is to be played.</param>
    /// <param name="done">Told of each job when it is through, from any thread.</param>
    /// <param name="cancellationToken">Ends it within a block of opportunities.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static IReadOnlyList<AuctionResult> Play(
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
            for (var played = 0; played < job.Horizon; played += AuctionRun.BlockLength)
            {
                cancellationToken.ThrowIfCancellationRequested();
                run.Play(Math.Min(AuctionRun.BlockLength, job.Horizon - played));
            }
            results[i] = new AuctionResult(job, run.Blocks, run.Calibration);
            done(job);
        });
        return results;
    }
}
