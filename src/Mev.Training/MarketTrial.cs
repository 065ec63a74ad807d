using Mev.Auctions;
using Mev.Domain.Auctions;
using Mev.Domain.Models;

namespace Mev.Training;

/// <summary>Measures the sampler's goals with a model: plays the simulated market and times decisions.</summary>
public static class MarketTrial
{
    /// <summary>Decisions that are timed.</summary>
    public const int CallsMeasured = 1_000_000;

    /// <summary>Opportunities of a seed.</summary>
    public const int Horizon = 12_000;

    /// <summary>Plays the market and times decisions.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seeds">Two at least: goals are intervals over seeds.</param>
    /// <param name="told">Told how much of the market is through, 0 to 1, from any thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="horizon">Opportunities of a seed.</param>
    /// <param name="calls">Decisions that are timed.</param>
    public static MarketGate Play(
        OffsetModel model, SeedRange seeds, Action<double> told, CancellationToken cancellationToken,
        int horizon = Horizon, int calls = CallsMeasured)
    {
        var clock = DecisionClock.Measure(calls, model);
        AuctionJob[] jobs =
        [
            .. seeds.Seeds.SelectMany(seed => GoalTable.Contenders.Select(contender =>
                new AuctionJob(GoalTable.Base, contender.With(model), seed, horizon, new AuctionTerms()))),
        ];
        var through = 0;
        var board = new Scoreboard(AuctionHall.Play(
            jobs, _ => told(Interlocked.Increment(ref through) / (double)jobs.Length), cancellationToken));
        return new MarketGate(
            seeds.First, seeds.Last,
            [.. GoalTable.Speed(clock), .. GoalTable.First(board), .. GoalTable.Second(board)]);
    }
}
