using System.Globalization;
using Mev.Domain.Auctions;
using Mev.Domain.Bundles;
using Mev.Domain.Models;

namespace Mev.Cli.Auctions;

/// <summary>Goals G1 to G5 on given seeds, which nothing may have been tuned on.</summary>
internal static class GoalRun
{
    private const double Escalation = 0.25;
    private const double Displacement = 0.3;

    public static int Run(
        SeedRange seeds, int horizon, AuctionTerms terms, OffsetModel? model, Output output,
        CancellationToken cancellationToken)
    {
        if (horizon < 2 * AuctionRun.BlockLength)
            throw new CommandFailure(ExitCode.Usage, $"--goals needs --horizon {2 * AuctionRun.BlockLength} at least");
        var clock = DecisionClock.Measure();
        var board = new Scoreboard(AuctionHall.Play([.. Jobs(seeds, horizon, terms, model)], cancellationToken));
        Goal[] goals =
        [
            .. GoalTable.First(board), .. GoalTable.Second(board), .. GoalTable.Third(board),
            .. GoalTable.Fourth(board), .. GoalTable.Fifth(board, clock),
        ];
        var caveat = AuctionCommand.Caveat;
        var (range, offsets) = ($"{seeds.First}-{seeds.Last}", model?.Id.ToString());
        if (output.IsJson) output.JsonLine(new { caveat, seeds = range, horizon, model = offsets, goals });
        else Print(output, seeds, horizon, board, goals);
        return goals.All(goal => goal.IsMet) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Print(Output output, SeedRange seeds, int horizon, Scoreboard board, Goal[] goals)
    {
        output.Line(AuctionCommand.Caveat);
        output.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Seeds {seeds.First}-{seeds.Last}, {horizon:N0} opportunities each; % and standard error."));
        output.Table(
            AuctionLine.Headings,
            GoalTable.Contenders.Select(contender => AuctionLine.Of(board, GoalTable.Base, contender.Name).Cells));
        output.Table(["goal", "what", ">measured", ">bound", ""], goals.Select(goal => goal.Cells));
    }

    private static IEnumerable<AuctionJob> Jobs(
        SeedRange seeds, int horizon, AuctionTerms terms, OffsetModel? model)
    {
        var steady = terms with { LevelShift = 0.0 };
        var oracle = Contender.Of(Contender.BidOracleName);
        var factored = Contender.Of(Contender.FactoredName).With(model);
        var limit = Contender.Of(Contender.DistributionOracleName);
        foreach (var seed in seeds.Seeds)
        {
            foreach (var contender in GoalTable.Contenders)
                yield return new AuctionJob(GoalTable.Base, contender.With(model), seed, horizon, steady);
            foreach (var shift in (double[])[Escalation, -Escalation])
            {
                foreach (var contender in (Contender[])[oracle, limit, factored, Contender.Fixed(0.70, Route.Fast)])
                {
                    yield return new AuctionJob(
                        GoalTable.Shifted(shift), contender, seed, horizon,
                        steady with { LevelShift = shift, ShiftFrom = horizon / 2 });
                }
            }
            foreach (var by in (double[])[-Displacement, 0.0, Displacement])
            {
                yield return new AuctionJob(
                    GoalTable.Base, Contender.Displaced(by), seed, AuctionRun.BlockLength, steady);
            }
        }
    }
}
