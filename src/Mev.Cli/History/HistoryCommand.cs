using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Cli.Overviews;

namespace Mev.Cli.History;

/// <summary><c>history</c>: results, latencies and beliefs over time, from the decision store.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context) =>
        new("history", "Land rate, profit, latencies and beliefs over time, from the decision store.")
        {
            Results(context, "land-rate", "Bundles landed, and what they earned.", LandRate),
            Results(context, "profit", "What was earned and paid, and how much of it landed.", Profit),
            Latency(context),
            PosteriorCommand.Create(context),
        };

    private static Command Results(
        CommandContext context, string name, string description, Action<JsonElement, Output> print)
    {
        var stretch = new Stretch();
        return context.Runs(With(new Command(name, description), stretch.All), async (parsed, gateway, output, token) =>
        {
            var answer = await gateway.Get($"/v1/history/results?{stretch.Query(parsed)}", token);
            if (output.IsJson) output.Json(answer);
            else print(answer, output);
            return ExitCode.Done;
        });
    }

    private static Command Latency(CommandContext context)
    {
        var stretch = new Stretch();
        var command = With(new Command("latency", "Quantiles of how long decisions took."), stretch.All);
        return context.Runs(command, async (parsed, gateway, output, token) =>
        {
            var answer = await gateway.Get($"/v1/history/latency?{stretch.Query(parsed)}", token);
            if (output.IsJson) output.Json(answer);
            else Latencies(answer, output);
            return ExitCode.Done;
        });
    }

    private static void LandRate(JsonElement answer, Output output) => output.Table(
        [
            "from", ">submits", ">declined", ">landed", ">refused", ">expired", ">unknown", ">open",
            "landed of offered", ">net",
        ],
        Parts(answer, (begins, part) => new[]
        {
            begins, part.Count("submits"), part.Count("declined"), part.Count("landed"),
            part.Count("refused"), part.Count("expired"), part.Count("unknown"), part.Count("open"),
            OverviewCommand.Rate(part.At("landRate")), part.Sol("net"),
        }));

    private static void Profit(JsonElement answer, Output output) => output.Table(
        ["from", ">realised", ">tips", ">net", ">net so far", ">landed", "landed of offered"],
        Parts(answer, (begins, part) => new[]
        {
            begins, part.Sol("realised"), part.Sol("tips"), part.Sol("net"), part.Sol("netSoFar"),
            part.Count("landed"), OverviewCommand.Rate(part.At("landRate")),
        }));

    private static void Latencies(JsonElement answer, Output output) => output.Table(
        ["from", "stage", ">count", ">p50 us", ">p90 us", ">p99 us", ">p99.9 us", ">longest us"],
        answer.Items("points").Select(point => new[]
        {
            point.Text("at"), point.Text("stage"), point.Count("count"), Microseconds(point, "p50Ns"),
            Microseconds(point, "p90Ns"), Microseconds(point, "p99Ns"), Microseconds(point, "p999Ns"),
            Microseconds(point, "maxNs"),
        }));

    /// <summary>The intervals, and behind them all of them together.</summary>
    private static IEnumerable<string[]> Parts(JsonElement answer, Func<string, JsonElement, string[]> row) =>
        answer.Items("points").Select(part => row(part.Text("at"), part)).Append(row("all", answer.At("total")));

    private static string Microseconds(JsonElement point, string name) => (point.Number(name) / 1_000.0).ToString(
        "N1", System.Globalization.CultureInfo.InvariantCulture);

    internal static Command With(Command command, IEnumerable<Option> options)
    {
        foreach (var option in options) command.Add(option);
        return command;
    }
}
