using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Commands;
using Mev.Control.Policies;
using Mev.Domain.Limits;

namespace Mev.Cli.Control;

/// <summary><c>policies</c>: the limits in force, and their changes.</summary>
internal static class PoliciesCommand
{
    // as commands name them, as the gateway tells them, and whether lower is tighter
    private static readonly (string Name, string Path, bool IsCap)[] Known =
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
        command.Add(PolicyDiffCommand.Create(context));
        command.Add(Set(context));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var changes = new Argument<string[]>("limit=value")
        {
            Description =
                $"What changes: {string.Join(", ", Known.Select(limit => limit.Name))}; lamports or a count. A cap is "
                + $"SCOPE:SUBJECT:LIMIT=value or =none ({CapNames.OfScopes}; {CapNames.OfRules}).",
            Arity = ArgumentArity.OneOrMore,
        };
        var (key, reason) = (OperatorKey.Option(), ReasonOption.Create());
        return context.Runs(
            new Command("set", "Change limits: tighter ones at once, others as a proposal.") { changes, key, reason },
            async (parsed, gateway, output, cancellationToken) =>
            {
                var typed = parsed.GetRequiredValue(changes);
                var limits = Read([.. typed.Where(change => !CapArgument.Is(change))]);
                var caps = CapArgument.Read(typed.Where(CapArgument.Is));
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var policy = await gateway.Get("/v1/policy", cancellationToken);
                var isTighter = limits.All(change => IsTighter(policy, change.Key, change.Value))
                    && caps.All(cap => cap.IsTighter(policy));
                var body = new
                {
                    op = isTighter ? "limit.tighten" : "limit.loosen",
                    version = $"{policy.Number("policy.version") + 1}",
                    limits = WithCaps(limits, caps),
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
            if (parts.Length != 2 || Known.All(limit => limit.Name != name) || !decimal.TryParse(parts[1], out _)
                || !limits.TryAdd(name, parts[1]))
            {
                throw new CommandFailure(
                    ExitCode.Usage,
                    $"'{change}' is no change of a limit; write tip_max=20000000, each limit once "
                    + $"({string.Join(", ", Known.Select(limit => limit.Name))})");
            }
        }
        return limits;
    }

    private static Dictionary<string, object> WithCaps(
        Dictionary<string, string> limits, IReadOnlyList<CapArgument> caps)
    {
        var all = limits.ToDictionary(each => each.Key, each => (object)each.Value);
        if (caps.Count > 0) all.Add("caps", caps.Select(cap => cap.ToBody()));
        return all;
    }

    /// <summary>The gateway decides; this chooses which command asks it.</summary>
    private static bool IsTighter(JsonElement policy, string name, string value)
    {
        var limit = Known.Single(each => each.Name == name);
        var (before, after) = (Number(policy.Text(limit.Path)), Number(value));
        return limit.IsCap ? after < before : after > before;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(JsonElement policy, Output output)
    {
        PrintLimits(policy, output);
        var caps = policy.Items("policy.caps").ToList();
        if (caps.Count == 0) return;
        output.Table(
            ["cap of", "subject", "limit", ">most"],
            caps.Select(cap => new[]
            {
                cap.Text("scope").ToLowerInvariant(), cap.Text("subject"),
                Enum.TryParse<LimitRule>(cap.Text("rule"), out var rule) ? CapNames.Of(rule) : cap.Text("rule"),
                cap.Count("most"),
            }));
    }

    private static void PrintLimits(JsonElement policy, Output output) => output.Fields(
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
