using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Decisions;

/// <summary>The parts of an explained decision.</summary>
internal static class WhySections
{
    private const int DrawsShown = 10; // the best; --all-draws shows every arm

    public static void Opportunity(JsonElement decision, Output output)
    {
        var opportunity = decision.At("opportunity");
        output.Title("Opportunity");
        output.Fields(
            ("id", opportunity.Text("id")),
            ("cycle", opportunity.Text("cycle")),
            ("slot", $"{opportunity.Text("slot")}, chain clock: slot {opportunity.Text("chainSlot")}, "
                + $"unix time {opportunity.Text("chainUnixTime")}"),
            ("profit", $"{opportunity.Sol("grossProfit")} gross, at most {opportunity.Sol("profitBound")} "
                + $"({opportunity.Text("certificate")})"),
            ("value", $"{opportunity.Sol("value")} after fixed fees, before the tip"),
            ("drain", $"{decision.Count("drain.evaluated")} candidates, {decision.Count("drain.survivors")} survivors, "
                + $"{decision.Count("drain.sized")} sized, {decision.Count("drain.opportunities")} opportunities "
                + $"(shard {decision.Text("drain.shard")}, batch {decision.Text("cursor.position")})"));
        var hops = opportunity.Items("hops").ToList();
        if (hops.Count == 0)
        {
            output.Line("  This record keeps no hops and accounts: the opportunity's id commits it to them.");
            return;
        }
        output.Table(
            ["pool", "direction", ">in", ">out"],
            hops.Select(hop => new[]
            {
                hop.Text("pool"), hop.Text("direction"), hop.Count("amountIn"), hop.Count("amountOut"),
            }));
        output.Table(
            ["account", ">slot", ">write version", "sha-256 of its bytes"],
            opportunity.Items("accounts").Select(use => new[]
            {
                use.Text("key"), use.Text("slot"), use.Text("writeVersion"), use.Text("hash"),
            }));
    }

    public static void Candidates(JsonElement decision, Output output)
    {
        output.Title("Candidates");
        var best = decision.Items("drain.best").ToList();
        if (best.Count == 0)
        {
            output.Line("  The record counts them and names none: only one that submits names the best.");
            return;
        }
        var own = decision.Text("opportunity.cycle");
        output.Table(
            ["cycle", ">profit in base units, before fees", "verdict", ""],
            best.Select(candidate => new[]
            {
                candidate.Text("cycle"), candidate.Count("profit"), candidate.Text("verdict"),
                candidate.Text("cycle") == own ? "this one" : "",
            }));
    }

    public static void Inputs(JsonElement decision, Output output)
    {
        var inputs = decision.At("inputs");
        output.Title("Inputs");
        output.Fields(
            ("kernel", $"version {inputs.Text("kernelVersion")}"),
            ("parameters", inputs.Text("parameters")),
            ("policy", inputs.Text("policy")),
            ("posterior", inputs.Text("posterior")),
            ("random", $"key {inputs.Text("randomKey")}, sequence {inputs.Text("randomSequence")}"),
            ("open", $"{inputs.Text("openSubmissions")} submissions of the strategy"),
            ("taken", inputs.Text("isTaken") == "yes" ? "another strategy holds the opportunity" : "no"));
    }

    public static void Surroundings(JsonElement decision, Output output)
    {
        if (!decision.IsThere("surroundings")) return; // the sampler does not look at them, or was not asked
        var around = decision.At("surroundings");
        output.Title("Surroundings");
        output.Fields(
            ("congestion", $"{around.Decimals("congestion")} deviations above the last hour"),
            ("youngest pool", around.Text("isYoung") == "yes" ? "younger than a day" : "older, or of unknown age"),
            ("slot", $"{around.Decimals("slotPosition")} of it had passed; survival bin {around.Text("survivalBin")}"),
            ("winning fraction", $"{around.Decimals("poolFraction")} on its pools, "
                + $"{around.Decimals("marketFraction")} in the market"),
            ("features", Numbers(around, "features")),
            ("chance", $"weight {around.Decimals("chance")}, bonus on a landing {around.Decimals("dual")}"),
            ("model", around.IsThere("model")
                ? $"model offset {around.Decimals("modelOffset")} by {around.Text("model")}"
                : "none"),
            ("drawn", around.Items("draws").Any() ? Numbers(around, "draws") : "kept for submits alone"));
    }

    private static string Numbers(JsonElement around, string name) => string.Join(
        ' ', around.Items(name).Select(number => number.GetDouble().ToString(
            "0.###", System.Globalization.CultureInfo.InvariantCulture)));

    public static void Limits(JsonElement decision, Output output)
    {
        output.Title("Limits");
        output.Table(
            ["rule", ">limit", ">observed", "verdict"],
            decision.Items("limits").Select(check => new[]
            {
                Rule(check), check.Count("limit"), check.Count("observed"),
                check.Text("passed") == "yes" ? "passed" : "FAILED",
            }));
    }

    /// <summary>With whose cap it is: <c>pool 7xK…, DayAmountIn</c>.</summary>
    private static string Rule(JsonElement check) => !check.IsThere("scope") ? check.Text("rule")
        : check.IsThere("subject")
            ? $"{check.Text("scope").ToLowerInvariant()} {check.Text("subject")}, {check.Text("rule")}"
        : $"{check.Text("scope").ToLowerInvariant()}, {check.Text("rule")}";

    public static void Choice(JsonElement decision, Output output, bool isAll)
    {
        output.Title("Draws");
        if (!decision.IsThere("choice"))
        {
            output.Line("  A rule decided before the sampler was asked.");
            return;
        }
        var draws = decision.Items("draws").ToList();
        if (draws.Count == 0) output.Line($"  The draws cannot be shown: {decision.Text("drawsProblem")}.");
        var chosen = decision.Number("choice.arm");
        var shown = draws.OrderByDescending(draw => draw.At("score").GetDouble())
            .Take(isAll ? draws.Count : DrawsShown);
        output.Table(
            [">arm", "tip share, route", ">tip", ">P(landing) drawn", ">score", ""],
            shown.Select(draw => new[]
            {
                draw.Text("index"), ArmText.Of(draw.At("arm")), draw.Sol("tip"), draw.Decimals("landingProbability"),
                draw.Decimals("score"),
                Note(draw, chosen),
            }));
    }

    private static string Note(JsonElement draw, long chosen)
    {
        if (draw.Number("index") == chosen) return "chosen";
        return draw.Text("exclusion") == "None" ? "" : draw.Text("exclusion");
    }

    public static void Message(JsonElement decision, Output output)
    {
        if (decision.IsThere("message"))
        {
            var order = decision.At("message.paperOrder");
            output.Title("Message");
            output.Fields(
                ("hash", decision.Text("message.hash")),
                ("order", $"{order.Sol("amountIn")} in, tip {order.Sol("tip")}, fee {order.Sol("fee")}, "
                    + order.Text("route")),
                ("slots", $"decided on states of {order.Text("decidedIn")}, executes at the start of the "
                    + $"first slot that the feed has from {order.Text("landsIn")} on"),
                ("tip floor", $"{order.Sol("tipFloor")} has to be exceeded (paper)"));
        }
        foreach (var attempt in decision.Items("attempts"))
            output.Fields(("sent", $"{attempt.Text("sentAt")} to {attempt.Text("endpoint")}"));
        if (!decision.IsThere("outcome")) return;
        output.Title("Outcome");
        var outcome = decision.At("outcome");
        output.Fields(
        [
            .. decision.Items("corrected")
                .Select(told => ("told first", $"{Kind(told)}, {Realised(told)}; corrected since")),
            ("kind", Kind(outcome)),
            ("realised", Realised(outcome)),
            ("tokens left", string.Join(", ", outcome.Items("tokens")
                .Select(change => $"{change.Text("units")} of {change.Text("mint")}"))),
        ]);
        Winner(outcome, output);
    }

    private static void Winner(JsonElement outcome, Output output)
    {
        var view = outcome.Text("competitor");
        if (!outcome.IsThere("winner"))
        {
            if (outcome.IsThere("winnerTip")) output.Fields(("needed", $"a bid of {outcome.Sol("winnerTip")}"));
            if (view == "Unseen") output.Fields(("winner", "Unseen: nobody was seen to take it"));
            return;
        }
        var winner = outcome.At("winner");
        output.Fields(
            ("winner", $"{view}: {winner.Text("signature")}, slot {winner.Text("slot")}"),
            ("their bid", $"tip {winner.Sol("tip")} for {winner.Count("units")} compute units, "
                + $"{winner.Sol("bid")} for as many as ours"));
    }

    private static string Kind(JsonElement outcome) =>
        $"{outcome.Text("kind")}, {outcome.Text("cause")}, slot {outcome.Text("slot")}";

    private static string Realised(JsonElement outcome) =>
        $"{outcome.Sol("realised")}, tip {outcome.Sol("tipPaid")}, net {outcome.Sol("net")}";
}
