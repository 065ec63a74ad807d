using System.CommandLine;
using Mev.Adapters.DuckDb.Queries;
using Mev.Cli.Gateways;
using Mev.Cli.History;
using Mev.Cli.Sql;
using Mev.Domain.Evaluation;
using Mev.Journal.Stores;
using Mev.Journal.Stores.Queries;

namespace Mev.Cli.Evaluations;

/// <summary>
/// <c>evaluate</c>: what another policy would have got on recorded decisions, from a copy of the decision store.
/// </summary>
internal static class EvaluateCommand
{
    private const int DecisionsMax = 1_000_000;
    private const int DecisionsUsual = 20_000;

    public static Command Create(CommandContext context)
    {
        var policy = new Option<string>("--policy")
        {
            Description = $"What might have been done: {TargetPolicy.Names}.",
            HelpName = "name",
            Required = true,
        };
        var stretch = new Stretch();
        var strategy = new Option<string?>("--strategy") { Description = "Of this strategy only." };
        var store = new Option<string?>("--store")
        {
            Description = "The file of a store that no host has open; without it the host is asked for a copy.",
        };
        var decisions = NumberOption.Count(
            "--decisions", "-n", "Newest decisions to evaluate", DecisionsMax, DecisionsUsual);
        var redraws = NumberOption.Count(
            "--redraws", "-r", "Repetitions of each draw, which make the weights less extreme",
            DecisionEvaluator.RedrawsMax, DecisionEvaluator.RedrawsMax);
        var command = HistoryCommand.With(
            new Command("evaluate", "Says what another policy would have got on recorded decisions.")
            {
                policy, strategy, store, decisions, redraws,
            },
            stretch.Times);
        return context.Runs(command, async (parsed, gateway, output, cancellationToken) =>
        {
            var target = PolicyOf(parsed.GetValue(policy)!);
            var (from, to) = stretch.Nanoseconds(parsed);
            using var folder = new PrivateFolder();
            var file = parsed.GetValue(store) ?? await Copy(folder, gateway, cancellationToken);
            var sample = Read(file, parsed.GetValue(strategy), from, to, parsed.GetValue(decisions));
            var run = new EvaluationRun(target, parsed.GetValue(redraws));
            var result = run.Run(sample, cancellationToken);
            if (output.IsJson) output.JsonLine(EvaluationOutput.Json(target, sample, result));
            else EvaluationOutput.Print(target, sample, result, output);
            return result.Evaluation.Profit.Refusal.Length > 0 ? ExitCode.Refused : ExitCode.Done;
        });
    }

    private static TargetPolicy PolicyOf(string name) => TargetPolicy.TryParse(name)
        ?? throw new CommandFailure(ExitCode.Usage, $"--policy '{name}' is none of {TargetPolicy.Names}");

    private static async Task<string> Copy(
        PrivateFolder folder, GatewayClient gateway, CancellationToken cancellationToken)
    {
        var copy = folder.File("copy.duckdb");
        await gateway.Download("/v1/store/copy", copy, cancellationToken);
        return copy;
    }

    private static EvaluationSample Read(string file, string? strategy, long from, long to, int most)
    {
        EvaluationSample sample;
        try
        {
            sample = EvaluationRows.Read(file, strategy, from, to, most);
        }
        catch (StoreUnavailableException failure)
        {
            throw new CommandFailure(ExitCode.Unavailable, failure.Message);
        }
        if (sample.Decisions.Length > 0) return sample;
        throw new CommandFailure(
            ExitCode.Failed,
            $"no decision of that time has an outcome ({sample.WithoutOutcome} are without one): name another time "
            + "with --from and --to, or another strategy with --strategy");
    }
}
