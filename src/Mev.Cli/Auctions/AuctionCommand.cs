using System.CommandLine;
using Mev.Auctions;
using Mev.Domain.Auctions;
using Mev.Domain.Models;
using Mev.Journal.Models;

namespace Mev.Cli.Auctions;

/// <summary><c>auction</c>: bidders against each other in the contested-auction simulator.</summary>
internal static class AuctionCommand
{
    /// <summary>Stands beside every figure.</summary>
    public const string Caveat =
        "Simulator with assumed rivals: no land rate here forecasts mainnet. One auction house; the first tick that "
        + "holds a bid decides; no compute-unit optimisation; adaptive rivals never bid above about 0.65 + 0.3 A; "
        + "strategy variants and tip budget are not in the figures.";

    private const int HorizonMax = 1_000_000;

    public static Command Create(CommandContext context)
    {
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds from A to B.",
            HelpName = "A-B",
            DefaultValueFactory = _ => "20000-20003",
        };
        var horizon = NumberOption.Count("--horizon", "-n", "Opportunities of each seed", HorizonMax, 12_000);
        var policies = new Option<string?>("--policies")
        {
            Description = $"Bidders, with commas between: {Contender.Names}.",
            HelpName = "names",
        };
        var against = new Option<string?>("--against")
        {
            Description = "Also say what each bidder has more than this one, with paired intervals.",
            HelpName = "name",
        };
        var level = NumberOption.Real("--level", "Contention: the rivals' level.", new AuctionTerms().Level);
        var shift = NumberOption.Real("--shift", "What is added to the level at half time.", 0.0);
        var goals = new Option<bool>("--goals") { Description = "Measure goals G1 to G5 and say which are met." };
        var plot = new Option<string?>("--plot")
        {
            Description = "Draw learning curves and the frontier of land rate and profit as SVG.",
            HelpName = "file",
        };
        var model = new Option<string?>("--model")
        {
            Description = "Let 'factored' and 'factored-floor' use the offsets of a trained model.",
            HelpName = "file",
        };
        var command = new Command("auction", "Bidders against each other in a simulated market with assumed rivals.")
        {
            seeds, horizon, policies, against, level, shift, goals, plot, model,
        };
        return context.Runs(command, (parsed, _, output, cancellationToken) =>
        {
            var range = SeedsOf(parsed.GetValue(seeds)!);
            var count = parsed.GetValue(horizon);
            var terms = new AuctionTerms
            {
                Level = parsed.GetValue(level),
                LevelShift = parsed.GetValue(shift),
                ShiftFrom = count / 2,
            };
            var offsets = parsed.GetValue(model) is { } path ? ModelOf(path) : null;
            if (parsed.GetValue(goals))
            {
                RefuseAny(parsed, policies, against, shift, plot);
                return Task.FromResult(GoalRun.Run(range, count, terms, offsets, output, cancellationToken));
            }
            var names = parsed.GetValue(policies)?.Split(',', StringSplitOptions.TrimEntries) ?? [.. Contender.Usual];
            var run = new ComparisonRun(range, count, terms, names, parsed.GetValue(against), offsets);
            return Task.FromResult(run.Run(output, parsed.GetValue(plot), cancellationToken));
        });
    }

    private static void RefuseAny(ParseResult parsed, params Option[] others)
    {
        if (others.FirstOrDefault(it => parsed.GetResult(it) is { Implicit: false }) is { } odd)
            throw new CommandFailure(ExitCode.Usage, $"--goals has its own bidders and shifts: leave {odd.Name} out");
    }

    private static SeedRange SeedsOf(string text) => SeedRange.Read(text) ?? throw new CommandFailure(
        ExitCode.Usage,
        $"--seeds '{text}' is no range of at most {SeedRange.CountMax} seeds; write --seeds 20000-20019");

    private static OffsetModel ModelOf(string path) => ModelFile.TryOpen(path, out var refusal)
        ?? throw new CommandFailure(ExitCode.Usage, $"--model '{path}' is refused: {refusal}");
}
