using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Control;

/// <summary><c>policies diff</c>: what changed between two versions, who changed it and why.</summary>
internal static class PolicyDiffCommand
{
    public static Command Create(CommandContext context)
    {
        var from = new Argument<ulong?>("from")
        {
            Description = "The earlier version; by default the one before the other.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var to = new Argument<ulong?>("to")
        {
            Description = "The later version; by default the one in force.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return context.Runs(
            new Command("diff", "What changed between two versions, who changed it and why.") { from, to },
            async (parsed, gateway, output, cancellationToken) =>
            {
                var query = string.Join('&', new[] { ("from", from), ("to", to) }
                    .Where(each => parsed.GetValue(each.Item2) is not null)
                    .Select(each => $"{each.Item1}={parsed.GetValue(each.Item2)}"));
                var diff = await gateway.Get($"/v1/policy/diff?{query}".TrimEnd('?'), cancellationToken);
                if (output.IsJson) output.Json(diff);
                else Print(diff, output);
                return ExitCode.Done;
            });
    }

    private static void Print(JsonElement diff, Output output)
    {
        output.Line($"version {diff.Text("from")} to {diff.Text("to")}");
        output.Table(
            [">version", "when", "who and why"],
            diff.Items("versions").Select(version => new[]
            {
                version.Text("version"),
                DateTimeOffset.FromUnixTimeMilliseconds(version.Number("recordedMs"))
                    .ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                version.Text("reason"),
            }));
        output.Table(LimitChanges.Columns, diff.Items("changes").Select(LimitChanges.Row));
    }
}
