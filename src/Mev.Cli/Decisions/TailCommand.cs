using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Decisions;

/// <summary><c>decisions tail</c>: the newest decisions, the newest last.</summary>
internal static class TailCommand
{
    private const int PageLimit = 500;
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(1);

    public static Command Create(CommandContext context)
    {
        var limit = NumberOption.Count("--limit", "-n", "How many", PageLimit, otherwise: 20);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with new ones until Ctrl-C." };
        var strategy = new Option<string?>("--strategy") { Description = "Of this strategy only." };
        var action = new Option<string?>("--action") { Description = "submit, skip or block only." };
        var tail = new Command("tail", "The newest decisions.") { limit, follow, strategy, action };
        context.Runs(tail, async (parsed, gateway, output, cancellationToken) =>
        {
            var filter = Filter("strategy", parsed.GetValue(strategy)) + Filter("action", parsed.GetValue(action));
            var page = await gateway.Get($"/v1/decisions?limit={parsed.GetValue(limit)}{filter}", cancellationToken);
            var shown = new ShownDecisions();
            Print(page.Items("decisions").Reverse(), shown, output);
            if (parsed.GetValue(follow)) await Follow(gateway, filter, shown, output, cancellationToken);
            return ExitCode.Done;
        }, isEndless: true);
        return new Command("decisions", "Decisions as the journal holds them.") { tail, SearchCommand.Create(context) };
    }

    /// <summary>Goes on over an outage: the journal is the same after a restart of the host.</summary>
    private static async Task Follow(
        GatewayClient gateway, string filter, ShownDecisions shown, Output output, CancellationToken cancellationToken)
    {
        var isAway = false;
        while (true)
        {
            await Task.Delay(FollowInterval, TimeProvider.System, cancellationToken);
            try
            {
                Print(await Newer(gateway, filter, shown, cancellationToken), shown, output);
                isAway = false;
            }
            catch (CommandFailure failure) when (failure.Code == ExitCode.Unavailable)
            {
                if (!isAway) await Console.Error.WriteLineAsync($"mevctl: waiting: {failure.Message}");
                isAway = true;
            }
        }
    }

    private static async Task<List<JsonElement>> Newer(
        GatewayClient gateway, string filter, ShownDecisions shown, CancellationToken cancellationToken)
    {
        var newer = new List<JsonElement>();
        var after = "";
        while (true)
        {
            var page = await gateway.Get($"/v1/decisions?limit={PageLimit}{filter}{after}", cancellationToken);
            var lines = page.Items("decisions").ToList();
            newer.AddRange(lines.Where(line => !shown.Has(line)));
            if (!page.IsThere("next") || lines.Exists(shown.Has)) break;
            after = $"&after={page.Text("next")}";
        }
        newer.Reverse();
        return newer;
    }

    private static void Print(IEnumerable<JsonElement> lines, ShownDecisions shown, Output output)
    {
        foreach (var line in lines)
        {
            if (output.IsJson) output.JsonLine(line);
            else output.Line(Text(line));
            shown.Add(line);
        }
        shown.Begun();
    }

    private static string Text(JsonElement line)
    {
        var what = line.Text("action") == "Submit"
            ? $"tip {line.Sol("tip")} ({ArmText.Of(line.Text("tipBasisPoints"), line.Text("route"))})"
            : line.Text("reason");
        var damage = line.Text("isDamaged") == "yes" ? "  DAMAGED" : "";
        return $"{line.Text("decidedAt")}  {line.Text("id"),-36}  {line.Text("strategy"),-8}  "
            + $"{line.Text("action"),-6}  slot {line.Text("slot")}  value {line.Sol("value")}  {what}{damage}";
    }

    private static string Filter(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
