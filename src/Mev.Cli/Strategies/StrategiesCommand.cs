using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Cli.Overviews;

namespace Mev.Cli.Strategies;

/// <summary><c>strategies [id]</c>: what each did and what it believes.</summary>
internal static class StrategiesCommand
{
    public static Command Create(CommandContext context)
    {
        var id = new Argument<string?>("strategy")
        {
            Description = "A strategy's id; without it all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "strategy?", // the list of commands has no other sign of what may be left out
        };
        var one = new Argument<string?>("strategy")
        {
            Description = "A strategy's id; without it all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return context.Runs(
            new Command("strategies", "What strategies did, what came of it, what they believe.")
            {
                id,
                context.Runs(
                    new Command("show", "The same of one, as without the word.") { one },
                    (parsed, gateway, output, cancellationToken) =>
                        Run(parsed.GetValue(one), gateway, output, cancellationToken)),
            },
            (parsed, gateway, output, cancellationToken) =>
                Run(parsed.GetValue(id), gateway, output, cancellationToken));
    }

    private static async Task<int> Run(
        string? name, GatewayClient gateway, Output output, CancellationToken cancellationToken)
    {
        var path = name is null ? "/v1/strategies" : $"/v1/strategies/{Uri.EscapeDataString(name)}";
        var answer = await gateway.Get(path, cancellationToken);
        if (output.IsJson) output.Json(answer);
        else if (name is null) List(answer, output);
        else Show(answer, output);
        return ExitCode.Done;
    }

    private static void List(JsonElement answer, Output output) => output.Table(
        ["strategy", "sampler", ">epoch", "learning", ">submits", ">skips", ">blocks", ">net", "land rate"],
        answer.Items("strategies").Select(strategy => new[]
        {
            strategy.Text("id"), strategy.Text("sampler"), strategy.Text("epoch"), strategy.Text("learning"),
            strategy.Count("tally.submits"), strategy.Count("tally.skips"), strategy.Count("tally.blocks"),
            strategy.Sol("tally.net"), OverviewCommand.Rate(strategy.At("landRate")),
        }));

    private static void Show(JsonElement answer, Output output)
    {
        var strategy = answer.At("strategy");
        var learning = strategy.At("learning");
        output.Fields(
            ("strategy", strategy.Text("parameters.id")),
            ("parameters", strategy.Text("parameters.hash")),
            ("posterior", $"{strategy.Text("posterior.id")} ({strategy.Text("posterior.kind")}), "
                + $"epoch {strategy.Text("parameters.epoch")}"),
            ("learning", $"{learning.Text("state")}: {learning.Count("learnt")} outcomes learnt, "
                + $"{learning.Count("held")} held back while frozen; no cause seen of "
                + $"{learning.Decimals("unseenShare", "P0")} of the last {learning.Text("losses")} losses"),
            ("market", $"winning fraction {learning.Decimals("marketFraction")} "
                + $"({learning.Count("poolsSeen")} pools with one of their own), congestion "
                + $"{learning.Decimals("congestion")} deviations above the last hour"),
            ("journal", $"partition {strategy.Text("partition")}, {strategy.Count("nextOffset")} records folded"),
            ("decisions", $"{strategy.Count("tally.submits")} submitted, {strategy.Count("tally.skips")} skipped, "
                + $"{strategy.Count("tally.blocks")} blocked, {strategy.Text("openSubmissions")} open"),
            ("outcomes", $"{strategy.Count("tally.landed")} landed, {strategy.Count("tally.refused")} refused, "
                + $"{strategy.Count("tally.expired")} expired, {strategy.Count("tally.unknown")} unknown"),
            ("land rate", OverviewCommand.Rate(answer.At("landRate"))),
            ("profit", $"{strategy.Sol("tally.net")} net of {strategy.Sol("tally.tipsPaid")} tips"));
        output.Table(
            [">arm", "tip share, route", ">mean", ">5 %", ">95 %", ">outcomes"],
            strategy.Items("posterior.arms").Select(arm => new[]
            {
                arm.Text("index"), ArmText.Of(arm.At("arm")), arm.Decimals("mean"), arm.Decimals("low"),
                arm.Decimals("high"), arm.Decimals("outcomesCount", "0.#"),
            }));
        Factors(strategy.Items("posterior.factors").ToList(), output);
        History(learning.Items("history").ToList(), output);
    }

    private static void Factors(List<JsonElement> factors, Output output)
    {
        if (factors.Count == 0) return; // a sampler of which each arm learns alone
        output.Table(
            ["what arms share", ">mean", ">5 %", ">95 %", ">count"],
            factors.Select(factor => new[]
            {
                factor.Text("name"), factor.Decimals("mean"), factor.Decimals("low"), factor.Decimals("high"),
                factor.IsThere("count") ? factor.Decimals("count", "0.#") : "",
            }));
    }

    private static void History(List<JsonElement> points, Output output)
    {
        if (points.Count == 0)
        {
            output.Line("  No history yet: the first point comes with the 16th outcome that is learnt from.");
            return;
        }
        output.Table(
            [">offset", ">epoch", ">learnt", ">P(landing) at 25 %", ">45 %", ">65 %", ">85 %, fast", "posterior"],
            points.Select(point => new[]
            {
                point.Count("offset"), point.Text("epoch"), point.Count("learnt"), Landing(point, 0), Landing(point, 1),
                Landing(point, 2), Landing(point, 3), point.Text("id")[..16],
            }));
    }

    private static string Landing(JsonElement point, int share) => point.At("landing")[share].GetDouble().ToString(
        "0.000", System.Globalization.CultureInfo.InvariantCulture);
}
