using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Funnels;

/// <summary><c>funnel</c>: how far bundles came, and with which denominators.</summary>
internal static class FunnelCommand
{
    // What decides a fate, in this order; the others stand in the JSON.
    private static readonly string[] Shown = ["Decided", "Sent", "Received", "Accepted", "Landed", "Finalized"];

    public static Command Create(CommandContext context) => context.Runs(
        new Command("funnel", "How far bundles came since the host began, by region, leader, compute units and tip."),
        async (_, gateway, output, cancellationToken) =>
        {
            var funnel = await gateway.Get("/v1/funnel", cancellationToken);
            if (output.IsJson) output.Json(funnel);
            else Print(funnel, output);
            return ExitCode.Done;
        });

    private static void Print(JsonElement funnel, Output output)
    {
        var all = funnel.At("all");
        output.Fields(
        [
            ("against", funnel.Text("label")),
            .. all.Items("stages").Select(stage => (Lower(stage, "stage"), stage.Count("count"))),
            .. all.Items("rates").Select(rate => ($"{Lower(rate, "reached")} of {Lower(rate, "of")}", Rate(rate))),
        ]);
        output.Table(
            ["by", "value", .. Shown.Select(stage => $">{Lower(stage)}"), ">landed of accepted", ">landed of sent"],
            from part in funnel.Items("by")
            from row in part.Items("parts")
            select Row(part.Text("label"), row));
    }

    private static string[] Row(string label, JsonElement part) =>
    [
        Lower(label), part.Text("value") is { Length: > 0 } value ? value : "not known",
        .. Shown.Select(name => part.Items("stages").First(stage => stage.Text("stage") == name).Count("count")),
        Rate(RateOf(part, "Accepted")), Rate(RateOf(part, "Sent")),
    ];

    private static JsonElement RateOf(JsonElement part, string of) => part.Items("rates")
        .First(rate => rate.Text("of") == of && rate.Text("reached") == "Landed");

    /// <summary>A rate with its denominator and interval, never without them.</summary>
    private static string Rate(JsonElement rate) => rate.IsThere("value")
        ? $"{rate.Count("count")} of {rate.Count("ofCount")}: {rate.Percent("value")} "
            + $"(95 %: {rate.Percent("low")} to {rate.Percent("high")})"
        : $"{rate.Count("count")} of {rate.Count("ofCount")}";

    private static string Lower(JsonElement element, string path) => Lower(element.Text(path));

    private static string Lower(string name) => name.ToLowerInvariant();
}
