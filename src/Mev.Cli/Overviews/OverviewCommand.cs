using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Cli.Models;

namespace Mev.Cli.Overviews;

/// <summary><c>overview</c>: everything at a glance.</summary>
internal static class OverviewCommand
{
    public static Command Create(CommandContext context) => context.Runs(
        new Command("overview", "Feed, candidates, decisions, outcomes and beliefs at a glance."),
        async (_, gateway, output, cancellationToken) =>
        {
            var overview = await gateway.Get("/v1/overview", cancellationToken);
            if (output.IsJson) output.Json(overview);
            else Print(overview, output);
            return ExitCode.Done;
        });

    private static void Print(JsonElement overview, Output output)
    {
        var total = overview.IsThere("feed.total") ? $" of {overview.Count("feed.total")}" : "";
        output.Fields(
            ("feed", overview.Text("feed.description")),
            ("position", $"{overview.Count("feed.position")}{total} batches, "
                + $"slot {overview.Text("feed.slot")}{State(overview)}"),
            ("market", $"{overview.Count("feed.pools")} pools, {overview.Count("feed.cycles")} cycles"),
            ("updates", overview.Count("candidates.updates")),
            ("candidates", $"{overview.Count("candidates.evaluated")} evaluated, "
                + $"{overview.Count("candidates.survivors")} survivors, {overview.Count("candidates.sized")} sized"),
            ("found", $"{overview.Count("candidates.opportunities")} opportunities, "
                + $"{overview.Count("candidates.listed")} listed in other mints"),
            ("decisions", $"{overview.Count("decisions.total")}: {overview.Count("decisions.submits")} submitted, "
                + $"{overview.Count("decisions.skips")} skipped, {overview.Count("decisions.blocks")} blocked"),
            ("reasons", Counts(overview.At("decisions.reasons"), but: "None")),
            ("outcomes", $"{overview.Count("outcomes.landed")} landed, {overview.Count("outcomes.refused")} refused, "
                + $"{overview.Count("outcomes.expired")} expired, {overview.Count("outcomes.unknown")} unknown, "
                + $"{overview.Count("outcomes.open")} open, {overview.Count("outcomes.corrections")} corrected"),
            ("causes", Counts(overview.At("outcomes.causes"))),
            ("land rate", Rate(overview.At("landRate"))),
            ("profit", $"{overview.Sol("profit.net")} net of {overview.Sol("profit.tips")} tips"),
            ("policy", $"version {overview.Text("policy.version")}"
                + (overview.Text("policy.isStopped") == "yes" ? ", STOPPED" : "")),
            ("model", ModelsCommand.InWords(overview.At("model"))),
            ("journal", overview.Text("journal.isAvailable") == "yes"
                ? $"available, lag {overview.Decimals("journal.lagMs", "0.0")} ms"
                : "NOT AVAILABLE"),
            ("store", Store(overview)),
            ("limits", Limits(overview)),
            ("set aside", Input(overview)));
        output.Table(
            ["strategy", "arm", ">mean", ">5 %", ">95 %", ">outcomes"],
            from strategy in overview.Items("strategies")
            from arm in strategy.Items("topArms")
            select new[]
            {
                strategy.Text("id"), ArmText.Of(arm.At("arm")), arm.Decimals("mean"), arm.Decimals("low"),
                arm.Decimals("high"), arm.Decimals("outcomesCount", "0"),
            });
    }

    /// <summary>A land rate with its denominator, interval and label, never without them.</summary>
    public static string Rate(JsonElement rate) => rate.IsThere("value")
        ? $"{rate.Percent("value")} of {rate.Count("of")} (95 %: {rate.Percent("low")} to {rate.Percent("high")}), "
            + rate.Text("label")
        : $"nothing settled yet, {rate.Text("label")}";

    private static string State(JsonElement overview)
    {
        if (overview.Text("feed.isComplete") == "yes") return ", complete";
        var trouble = overview.Text("feed.trouble");
        return trouble.Length > 0 ? $", {trouble}" : "";
    }

    private static string Store(JsonElement overview)
    {
        if (!overview.IsThere("store")) return "off";
        var unreadable = overview.Number("store.unreadable");
        return (overview.Text("store.isAvailable") == "yes" ? "available" : "NOT FILLED")
            + $", {overview.Count("store.lagRecords")} records behind the journal"
            + (unreadable > 0 ? $", {unreadable} UNREADABLE" : "")
            + (overview.Text("store.trouble") is { Length: > 0 } trouble ? $": {trouble}" : "");
    }

    private static string Limits(JsonElement overview)
    {
        var met = string.Join(", ", overview.Items("limits").Where(limit => limit.Text("count") != "0")
            .Select(limit => $"{limit.Text("name")} {limit.Count("count")} ({limit.Text("then")})"));
        return met.Length > 0 ? met : "none met";
    }

    private static string Input(JsonElement overview)
    {
        var seen = string.Join(", ", overview.Items("input").Where(kind => kind.Text("count") != "0")
            .Select(kind => $"{kind.Text("name")} {kind.Count("count")}"));
        return seen.Length > 0 ? seen : "none";
    }

    private static string Counts(JsonElement counts, string but = "") => counts.ValueKind != JsonValueKind.Object
        ? ""
        : string.Join(", ", counts.EnumerateObject().Where(count => count.Name != but)
            .Select(count => $"{count.Name} {count.Value}"));
}
