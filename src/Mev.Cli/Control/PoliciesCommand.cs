using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Commands;

namespace Mev.Cli.Control;

/// <summary><c>policies</c>: the limits in force, and their changes.</summary>
internal static class PoliciesCommand
{
    // as commands name them, as the gateway tells them, and whether lower is tighter
    private static readonly (string Name, string Path, bool IsCap)[] Limits =
    [
        ("minimum_profit", "policy.minimumProfit", false), ("amount_in_max", "policy.amountInMax", true),
        ("tip_max", "policy.tipMax", true), ("open_submissions_max", "policy.openSubmissionsMax", true),
        ("loss_trade_max", "policy.losses.tradeMax", true), ("loss_hour_max", "policy.losses.hourMax", true),
        ("loss_day_max", "policy.losses.dayMax", true), ("drawdown_max", "policy.losses.drawdownMax", true),
        ("failures_max", "policy.losses.failuresMax", true),
    ];

    public static Command Create(CommandContext context)
    {
        var command = new Command("policies", "The limits in force: see them, or change them.");
        command.Add(context.Runs(
            new Command("show", "The policy in force."),
            async (_, gateway, output, cancellationToken) =>
            {
                var policy = await gateway.Get("/v1/policy", cancellationToken);
                if (output.IsJson) output.Json(policy);
                else Print(policy, output);
                return ExitCode.Done;
            }));
        command.Add(Set(context));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var changes = new Argument<string[]>("limit=value")
        {
            Description =
                $"What changes: {string.Join(", ", Limits.Select(limit => limit.Name))}; lamports or a count.",
            Arity = ArgumentArity.OneOrMore,
        };
        var (key, reason) = (OperatorKey.Option(), ReasonOption.Create());
        return context.Runs(
            new Command("set", "Change limits: tighter ones at once, others as a proposal.") { changes, key, reason },
            async (parsed, gateway, output, cancellationToken) =>
            {
                var limits = Read(parsed.GetRequiredValue(changes));
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var policy = await gateway.Get("/v1/policy", cancellationToken);
                var isTighter = limits.All(change => IsTighter(policy, change.Key, change.Value));
                var body = new
                {
                    op = isTighter ? "limit.tighten" : "limit.loosen",
                    version = $"{policy.Number("policy.version") + 1}",
                    limits,
                    reason = parsed.GetRequiredValue(reason),
                };
                var client = new SigningClient(gateway, signing);
                return Receipts.Print(
                    isTighter
                        ? await client.Send(CommandEndpoints.Commands, body, cancellationToken)
                        : await client.Propose(body, cancellationToken),
                    output);
            });
    }

    private static Dictionary<string, string> Read(string[] changes)
    {
        var limits = new Dictionary<string, string>();
        foreach (var change in changes)
        {
            var parts = change.Split('=');
            var name = parts[0].Replace('-', '_');
            if (parts.Length != 2 || Limits.All(limit => limit.Name != name) || !decimal.TryParse(parts[1], out _)
                || !limits.TryAdd(name, parts[1]))
            {
                throw new CommandFailure(
                    ExitCode.Usage,
                    $"'{change}' is no change of a limit; write tip_max=20000000, each limit once "
                    + $"({string.Join(", ", Limits.Select(limit => limit.Name))})");
            }
        }
        return limits;
    }

    /// <summary>The gateway decides; this chooses which command asks it.</summary>
    private static bool IsTighter(JsonElement policy, string name, string value)
    {
        var limit = Limits.Single(each => each.Name == name);
        var (before, after) = (Number(policy.Text(limit.Path)), Number(value));
        return limit.IsCap ? after < before : after > before;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(JsonElement policy, Output output) => output.Fields(
        ("version", policy.Text("policy.version")),
        ("state", policy.Text("policy.isStopped") == "yes" ? "STOPPED" : "submitting"),
        ("minimum_profit", $"{policy.Count("policy.minimumProfit")} lamports"),
        ("amount_in_max", $"{policy.Count("policy.amountInMax")} lamports"),
        ("tip_max", $"{policy.Count("policy.tipMax")} lamports"),
        ("open_submissions_max", policy.Text("policy.openSubmissionsMax")),
        ("loss_trade_max", $"{policy.Count("policy.losses.tradeMax")} lamports of one bundle"),
        ("loss_hour_max", $"{policy.Count("policy.losses.hourMax")} lamports of a strategy"),
        ("loss_day_max", $"{policy.Count("policy.losses.dayMax")} lamports of a strategy"),
        ("drawdown_max", $"{policy.Count("policy.losses.drawdownMax")} lamports of a strategy"),
        ("failures_max", policy.Text("policy.losses.failuresMax")),
        ("quarantined pools", policy.Items("policy.quarantinedPools").Count().ToString(CultureInfo.InvariantCulture)),
        ("sha-256", policy.Text("hash")));
}
