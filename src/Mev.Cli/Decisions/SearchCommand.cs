using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Cli.History;

namespace Mev.Cli.Decisions;

/// <summary><c>decisions search</c>: decisions by what is known of them, the newest first.</summary>
internal static class SearchCommand
{
    private const int PageLimit = 500;

    private static readonly (string Name, string Description)[] Filters =
    [
        ("strategy", "Of this strategy."),
        ("action", "submit, skip or block."),
        ("reason", "Of this reason, for example NoArmAboveZero."),
        ("outcome", "Submits that landed, refused, expired or unknown, by the last word on them."),
        ("pool", "Of cycles through this pool."),
        ("mint", "Of cycles through a pool of this mint."),
        ("id", "A decision's or an opportunity's id."),
        ("after", "Go on behind a page: its 'next'."),
    ];

    public static Command Create(CommandContext context)
    {
        var limit = NumberOption.Count("--limit", "-n", "How many", PageLimit, otherwise: 20);
        var stretch = new Stretch();
        List<(string Name, Option<string?> Option)> filters =
        [
            .. Filters.Select(filter =>
                (filter.Name, new Option<string?>($"--{filter.Name}") { Description = filter.Description })),
        ];
        var command = HistoryCommand.With(
            new Command("search", "Decisions by what is known of them, from the decision store.") { limit },
            [.. filters.Select(filter => filter.Option), .. stretch.Times]);
        return context.Runs(command, async (parsed, gateway, output, token) =>
        {
            string[] parts =
            [
                $"limit={parsed.GetValue(limit)}", stretch.Query(parsed),
                .. filters.Select(filter => Stretch.Part(filter.Name, parsed.GetValue(filter.Option))),
            ];
            var query = string.Join('&', parts.Where(part => part.Length > 0));
            var page = await gateway.Get($"/v1/decisions/search?{query}", token);
            if (output.IsJson) output.Json(page);
            else Print(page, output);
            return ExitCode.Done;
        });
    }

    private static void Print(JsonElement page, Output output)
    {
        output.Table(
            ["decided", "id", "strategy", "action", "reason or outcome", ">value", ">tip", ">net"],
            page.Items("decisions").Select(line => new[]
            {
                line.Text("at"), line.Text("id"), line.Text("strategy"), line.Text("action"), What(line),
                line.Sol("value"), line.Text("action") == "Submit" ? line.Sol("tip") : "", line.Sol("net"),
            }));
        if (page.IsThere("next")) output.Line($"  More: --after {page.Text("next")}");
    }

    private static string What(JsonElement line)
    {
        if (line.Text("action") != "Submit") return line.Text("reason");
        return line.IsThere("outcome") ? $"{line.Text("outcome")}: {line.Text("cause")}" : "open";
    }
}
