using System.CommandLine;
using Mev.Adapters.DuckDb.Sandbox;
using Mev.Cli.Gateways;
using Mev.Journal.Stores;

namespace Mev.Cli.Sql;

/// <summary>
/// <c>sql</c>: a question of one's own, in this process, on a copy of the decision store: it can neither change the
/// store nor take from the host more than the copy.
/// </summary>
internal static class SqlCommand
{
    private const int SecondsMax = 600;
    private const int MebibytesMax = 65_536;
    private const int RowsMax = 100_000;

    public static Command Create(CommandContext context)
    {
        var query = new Argument<string?>("query")
        {
            Description = "One statement in DuckDB's SQL; docs/decision-store.md names the tables.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "query?",
        };
        var file = new Option<string?>("--file") { Description = "Read the statement from this file." };
        var store = new Option<string?>("--store")
        {
            Description = "The file of a store that no host has open; without it the host is asked for a copy.",
        };
        var timeout = NumberOption.Count("--timeout", "-t", "Seconds that it may take", SecondsMax, otherwise: 30);
        var memory = NumberOption.Count("--memory", "-m", "MiB that it may take", MebibytesMax, otherwise: 512);
        var rows = NumberOption.Count("--rows", "-n", "Rows to show", RowsMax, otherwise: 1_000);
        var command = new Command("sql", "Asks a copy of the decision store in SQL.")
        {
            query, file, store, timeout, memory, rows,
        };
        return context.Runs(command, async (parsed, gateway, output, cancellationToken) =>
        {
            var text = await SqlText.Of(parsed.GetValue(query), parsed.GetValue(file), cancellationToken);
            var limits = new SandboxLimits(
                TimeSpan.FromSeconds(parsed.GetValue(timeout)), (long)parsed.GetValue(memory) << 20,
                parsed.GetValue(rows));
            using var folder = new PrivateFolder();
            var copy = folder.File("copy.duckdb");
            await Copy(parsed.GetValue(store), copy, gateway, cancellationToken);
            SqlOutput.Print(Run(text, copy, limits, folder, cancellationToken), output);
            return ExitCode.Done;
        });
    }

    private static async Task Copy(
        string? store, string copy, GatewayClient gateway, CancellationToken cancellationToken)
    {
        if (store is null)
        {
            await gateway.Download("/v1/store/copy", copy, cancellationToken);
            return;
        }
        try
        {
            StoreFileCopy.Make(store, copy);
        }
        catch (StoreUnavailableException failure)
        {
            throw new CommandFailure(ExitCode.Unavailable, failure.Message);
        }
    }

    private static SandboxAnswer Run(
        string text, string copy, SandboxLimits limits, PrivateFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            using var guard = new SqlGuard(limits, folder);
            using var sandbox = StoreSandbox.Open(copy, limits, TimeProvider.System);
            return sandbox.Run(text, cancellationToken);
        }
        catch (SandboxRefusedException refusal)
        {
            throw new CommandFailure(ExitCode.Refused, refusal.Message);
        }
        catch (StoreUnavailableException failure)
        {
            throw new CommandFailure(ExitCode.Unavailable, failure.Message);
        }
        catch (OutOfMemoryException)
        {
            throw new CommandFailure(ExitCode.Refused, SqlGuard.MemoryText(limits));
        }
    }
}
