using System.Globalization;
using Mev.Auctions;
using Mev.Domain.Auctions;
using Mev.Domain.Bundles;
using Mev.Domain.Models;

namespace Mev.Cli.Auctions;

/// <summary>Goals G1 to G5 on given seeds, which nothing may have been tuned on.</summary>
internal static class GoalRun
{
    private const double Escalation = 0.25;
    private const double Displacement = 0.3;
    private const int CallsMeasured = 200_000;

    public static int Run(
        SeedRange seeds, int horizon, AuctionTerms terms, OffsetModel? model, Output output,
        CancellationToken cancellationToken)
    {
        if (horizon < 2 * AuctionRun.BlockLength)
            throw new CommandFailure(ExitCode.Usage, $"--goals needs --horizon {2 * AuctionRun.BlockLength} at least");
        if (seeds.First == seeds.Last)
            throw new CommandFailure(ExitCode.Usage, "--goals needs two --seeds at least: one has no interval");
        var clock = DecisionClock.Measure(CallsMeasured, model);
        var board = new Scoreboard(AuctionBar.Play([.. Jobs(seeds, horizon, terms, model)], cancellationToken));
        Goal[] goals =
        [
            .. GoalTable.First(board), .. GoalTable.Second(board), .. GoalTable.Third(board),
            .. GoalTable.Fourth(board), .. GoalTable.Fifth(board, clock),
        ];
        var caveat = AuctionCommand.Caveat;
        var id = model?.Id.ToString();
        if (output.IsJson)
            output.JsonLine(new { caveat, seeds = $"{seeds}", horizon, level = terms.Level, model = id, goals });
        else Print(output, $"Seeds {seeds}, {horizon} opportunities each, level {terms.Level}", id, board, goals);
        return goals.All(goal => goal.IsMet) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Print(Output output, FormattableString run, string? model, Scoreboard board, Goal[] goals)
    {
        output.Line(AuctionCommand.Caveat);
        output.Line($"{run.ToString(CultureInfo.InvariantCulture)}; % and standard error.");
        if (model is not null) output.Line($"factored and factored-floor use the offsets of model {model}.");
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
