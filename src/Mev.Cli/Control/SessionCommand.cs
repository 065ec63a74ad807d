using System.Buffers.Text;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Commands;

namespace Mev.Cli.Control;

/// <summary><c>session</c>: what a gateway asks of those who read, where it does.</summary>
internal static class SessionCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("session", "Sessions to read with, where the gateway asks for one.");
        command.Add(Open(context));
        command.Add(Grant(context));
        return command;
    }

    private static Command Open(CommandContext context)
    {
        var file = OperatorKey.Option();
        var open = new Command("open", "Open a session; every command of this user reads with it until it ends.")
        {
            file,
        };
        return context.Runs(open, async (parsed, gateway, output, cancellationToken) =>
        {
            using var key = OperatorKey.Open(parsed.GetRequiredValue(file));
            var session = await new SigningClient(gateway, key).Send(
                CommandEndpoints.Sessions, new { op = "session.open" }, cancellationToken);
            var path = SessionFile.Write(gateway.Authority, session.Text("token"));
            Print(session, path, output);
            return ExitCode.Done;
        });
    }

    private static Command Grant(CommandContext context)
    {
        var file = OperatorKey.Option();
        var session = new Option<string>("--session-key")
        {
            Description = "The file of the session's key, as 'keys generate' makes it.",
            HelpName = "file",
            Required = true,
        };
        var roles = new Option<string[]>("--role")
        {
            Description = "What it may be, of your own roles: viewer, operator, risk, admin. Default viewer.",
            DefaultValueFactory = _ => ["viewer"],
            AllowMultipleArgumentsPerToken = true,
        };
        var grant = new Command("grant", "Let another key speak for you for at most 8 hours.") { file, session, roles };
        return context.Runs(grant, async (parsed, gateway, output, cancellationToken) =>
        {
            using var key = OperatorKey.Open(parsed.GetRequiredValue(file));
            using var granted = OperatorKey.Open(parsed.GetRequiredValue(session));
            var x = Base64Url.EncodeToString(granted.PublicKey.ToArray());
            var receipt = await new SigningClient(gateway, key).Send(
                CommandEndpoints.Sessions, new { op = "session.create", x, roles = parsed.GetValue(roles) },
                cancellationToken);
            return Receipts.Print(receipt, output);
        });
    }

    private static void Print(JsonElement session, string path, Output output)
    {
        var ends = DateTimeOffset.FromUnixTimeMilliseconds(session.Number("ends_ms"));
        if (output.IsJson)
        {
            output.JsonLine(new
            {
                principal = session.Text("principal"),
                roles = session.Text("roles"),
                ends,
                file = path,
            });
            return;
        }
        output.Fields(
            ("principal", session.Text("principal")), ("roles", session.Text("roles")),
            ("until", ends.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                + $", or {session.Number("idle_ms") / 60_000} minutes without use"),
            ("token in", path));
    }
}
