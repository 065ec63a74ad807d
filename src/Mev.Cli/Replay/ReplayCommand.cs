using System.CommandLine;
using Mev.Cli.Gateways;
using Mev.Journal.Replay;

namespace Mev.Cli.Replay;

/// <summary><c>replay</c>: computes decisions again from their records and compares the bytes.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string?>("decision")
        {
            Description = "The decision's id, or its place partition@offset.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "decision?", // the list of commands has no other sign of what may be left out
        };
        var all = new Option<bool>("--all") { Description = "Every decision of the journal." };
        var from = NumberOption.Slot("--from", "Decisions from this slot on.");
        var to = NumberOption.Slot("--to", "Decisions up to this slot.");
        var command = new Command("replay", "Computes decisions again here and says equal or what differs.")
        {
            id, all, from, to,
        };
        return context.Runs(command, async (parsed, gateway, output, cancellationToken) =>
        {
            var (first, last) = (parsed.GetValue(from), parsed.GetValue(to));
            var isMany = parsed.GetValue(all) || first is not null || last is not null;
            if (parsed.GetValue(id) is { } one && !isMany) return await One(one, gateway, output, cancellationToken);
            if (!isMany || parsed.GetValue(id) is not null)
                throw new CommandFailure(ExitCode.Usage, "name one decision, or --all, or --from SLOT and --to SLOT");
            if (first > last)
                throw new CommandFailure(ExitCode.Usage, $"--from {first} is after --to {last}: exchange them");
            return await new ReplayRun(gateway, output).Run(first ?? 0, last ?? ulong.MaxValue, cancellationToken);
        });
    }

    private static async Task<int> One(
        string id, GatewayClient gateway, Output output, CancellationToken cancellationToken)
    {
        var report = await new RecordReplay(gateway).Run(id, cancellationToken);
        if (output.IsJson) output.JsonLine(ReplayLine.Of(id, report));
        else output.Line(Text(report));
        var tally = new ReplayTally();
        tally.Add(report);
        return tally.Code;
    }

    private static string Text(ReplayReport report)
    {
        var hash = report.DecisionHash is { } known ? $" Decision hash {known}." : "";
        var text = $"{char.ToUpperInvariant(report.Text[0])}{report.Text[1..]}";
        return report.Verdict == ReplayVerdict.Different && report.Field.Length > 0
            ? $"DIFFERENT in {report.Field}.{hash}\n  recorded    {report.Recorded}\n  recomputed  {report.Recomputed}"
            : $"{text}.{hash}";
    }
}
