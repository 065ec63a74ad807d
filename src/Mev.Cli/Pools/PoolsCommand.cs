using System.CommandLine;
using System.Text.Json;
using Mev.Cli.Gateways;

namespace Mev.Cli.Pools;

/// <summary><c>pools [id]</c>: the pools that cycles use.</summary>
internal static class PoolsCommand
{
    private const int PageLimit = 100;

    public static Command Create(CommandContext context)
    {
        var id = new Argument<string?>("pool")
        {
            Description = "A pool's address; without it all are listed.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "pool?", // the list of commands has no other sign of what may be left out
        };
        return context.Runs(
            new Command("pools", "The pools that cycles use.") { id },
            async (parsed, gateway, output, cancellationToken) =>
            {
                if (parsed.GetValue(id) is { } pool) await Show(pool, gateway, output, cancellationToken);
                else await List(gateway, output, cancellationToken);
                return ExitCode.Done;
            });
    }

    private static async Task List(GatewayClient gateway, Output output, CancellationToken cancellationToken)
    {
        var pools = new List<JsonElement>();
        for (var after = ""; ;)
        {
            var page = await gateway.Get($"/v1/pools?limit={PageLimit}{after}", cancellationToken);
            pools.AddRange(page.Items("pools"));
            if (!page.IsThere("next")) break;
            after = $"&after={page.Text("next")}";
        }
        if (output.IsJson)
        {
            foreach (var pool in pools) output.JsonLine(pool);
            return;
        }
        output.Table(
            ["pool", "protocol", ">slot", "state", ">cycles", ">B per A", ">A per B"],
            pools.Select(pool => new[]
            {
                pool.Text("id"), pool.Text("protocol"), pool.Text("slot"), State(pool, pool.Text("isQuarantined")),
                pool.Count("cycles"), pool.Decimals("rateAToB", "G6"), pool.Decimals("rateBToA", "G6"),
            }));
    }

    private static async Task Show(
        string id, GatewayClient gateway, Output output, CancellationToken cancellationToken)
    {
        var body = await gateway.Get($"/v1/pools/{Uri.EscapeDataString(id)}", cancellationToken);
        if (output.IsJson)
        {
            output.Json(body);
            return;
        }
        var pool = body.At("pool");
        output.Fields(
            ("pool", pool.Text("id")),
            ("protocol", pool.Text("protocol")),
            ("mint A", pool.Text("mintA")),
            ("mint B", pool.Text("mintB")),
            ("state", $"{State(pool, body.Text("isQuarantined"))}, slot {pool.Text("slot")}"),
            ("rates", $"{pool.Decimals("rateAToB", "G9")} B per A, "
                + $"{pool.Decimals("rateBToA", "G9")} A per B, after fees"),
            ("cycles", pool.Count("cycles")));
        output.Table(
            ["account", ">slot", ">write version", ">bytes", "sha-256 of its bytes"],
            pool.Items("accounts").Select(account => new[]
            {
                account.Text("key"), account.Text("slot"), account.Text("writeVersion"), account.Count("bytes"),
                account.Text("hash"),
            }));
    }

    private static string State(JsonElement pool, string isQuarantined)
    {
        var (defect, condition) = (pool.Text("defect"), pool.Text("condition"));
        var parts = new[]
        {
            isQuarantined == "yes" ? "quarantined" : "", defect == "None" ? "" : defect,
            condition == "None" ? "" : condition,
        };
        var text = string.Join(", ", parts.Where(part => part.Length > 0));
        return text.Length == 0 ? "quotable" : text;
    }
}
