using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.History;

/// <summary><c>history posterior STRATEGY</c>: what a strategy believed over time.</summary>
internal static class PosteriorCommand
{
    private const int IdShown = 16;

    public static Command Create(CommandContext context)
    {
        var strategy = new Argument<string>("strategy") { Description = "The strategy's id." };
        var stretch = new Stretch();
        var command = HistoryCommand.With(
            new Command("posterior", "What a strategy believed: the probability of landing by arm.") { strategy },
            stretch.Times);
        return context.Runs(command, async (parsed, gateway, output, token) =>
        {
            var id = Uri.EscapeDataString(parsed.GetValue(strategy) ?? "");
            var answer = await gateway.Get($"/v1/history/posterior/{id}?{stretch.Query(parsed)}", token);
            // of a strategy that nobody knows this fails, instead of an empty table
            if (!answer.Items("points").Any()) await gateway.Get($"/v1/strategies/{id}", token);
            if (output.IsJson) output.Json(answer);
            else Print(answer, output);
            return ExitCode.Done;
        });
    }

    private static void Print(JsonElement answer, Output output) => output.Table(
        ["from", "tip share, route", ">mean", ">5 %", ">95 %", ">outcomes", "posterior"],
        from point in answer.Items("points")
        from arm in point.Items("arms")
        select new[]
        {
            point.Text("at"), ArmText.Of(arm.At("arm")), arm.Decimals("mean"), arm.Decimals("low"),
            arm.Decimals("high"), arm.Decimals("outcomesCount", "0.#"), point.Text("id")[..IdShown],
        });
}
