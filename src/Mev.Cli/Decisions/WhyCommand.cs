using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Decisions;

/// <summary><c>why</c>: how one decision came about.</summary>
internal static class WhyCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string>("decision") { Description = "The decision's id, or its place partition@offset." };
        var all = new Option<bool>("--all-draws") { Description = "Every arm's draw, not only the ten best." };
        return context.Runs(
            new Command("why", "Each step of a decision with its time, inputs, candidates, draws and limits.")
            {
                id, all,
            },
            async (parsed, gateway, output, cancellationToken) =>
            {
                var name = Uri.EscapeDataString(parsed.GetRequiredValue(id));
                var decision = await gateway.Get($"/v1/decisions/{name}", cancellationToken);
                if (output.IsJson) output.Json(decision);
                else Print(decision, output, parsed.GetValue(all));
                return ExitCode.Done;
            });
    }

    private static void Print(JsonElement decision, Output output, bool isAll)
    {
        var summary = decision.At("summary");
        var reason = summary.Text("reason") == "None" ? "" : $", {summary.Text("reason")}";
        output.Title($"{summary.Text("strategy")}: {summary.Text("action")}{reason}");
        output.Fields(
            ("decision", summary.Text("id")),
            ("decision hash", summary.Text("hash")),
            ("record", $"partition {decision.Text("record.partition")}, offset {decision.Text("record.offset")}, "
                + $"{decision.Text("record.bytes")} bytes, leaf {decision.Text("record.leafHash")}"
                + (decision.Text("record.leafHashHolds") == "yes" ? "" : "  DAMAGED: the bytes have another hash")));
        output.Title("Steps");
        output.Table(
            ["step", "at", ">after", "what"],
            decision.Items("steps").Select(step => new[]
            {
                step.Text("name"), step.Text("at"),
                step.IsThere("afterUs") ? step.Decimals("afterUs", "N1") + " us" : "", step.Text("what"),
            }));
        WhySections.Opportunity(decision, output);
        WhySections.Candidates(decision, output);
        WhySections.Inputs(decision, output);
        WhySections.Surroundings(decision, output);
        WhySections.Limits(decision, output);
        WhySections.Choice(decision, output, isAll);
        WhySections.Message(decision, output);
    }
}
