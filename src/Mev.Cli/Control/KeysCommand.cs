using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Mev.Adapters.Solana.Signing.Keys;
using Mev.Cli.Gateways;
using Mev.Control.Signatures;

namespace Mev.Cli.Control;

/// <summary><c>keys</c>: keys of operators.</summary>
internal static class KeysCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("keys", "Keys that sign commands: make one, or see whose there are.");
        command.Add(Generate(context));
        command.Add(Show(context));
        return command;
    }

    private static Command Generate(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "The file to be made; one that exists is kept." };
        return context.Runs(
            new Command("generate", "Make a key at random in a file of this user alone.") { file },
            (parsed, _, output, _) =>
            {
                var path = parsed.GetRequiredValue(file);
                var bytes = PrivateJwk.New(out var key);
                try
                {
                    PrivateFile.Create(path, bytes);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    throw new CommandFailure(ExitCode.Failed, $"'{path}' is not made: {failure.Message}");
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(bytes);
                }
                return Task.FromResult(Print(key, output));
            });
    }

    private static Command Show(CommandContext context)
    {
        var file = new Argument<string?>("file")
        {
            Description = "A key's file; without it the registry of the cluster is shown.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "file?",
        };
        return context.Runs(
            new Command("show", "The public part of a key, or everybody's keys.") { file },
            async (parsed, gateway, output, cancellationToken) =>
            {
                if (parsed.GetValue(file) is { } path)
                {
                    using var key = OperatorKey.Open(path);
                    return Print(key.PublicKey, output);
                }
                var answer = await gateway.Get("/v1/keys", cancellationToken);
                if (output.IsJson)
                {
                    output.Json(answer);
                    return ExitCode.Done;
                }
                output.Table(
                    ["principal", "roles", "key", "state", "until"],
                    from person in answer.Items("principals")
                    from key in person.Items("keys")
                    select new[]
                    {
                        person.Text("name"), person.Text("roles"), key.Text("id"), key.Text("status"),
                        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(
                            key.Number("notAfterMs"), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
                            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
                    });
                return ExitCode.Done;
            });
    }

    private static int Print(Ed25519PublicKey key, Output output)
    {
        var x = Base64Url.EncodeToString(key.ToArray());
        if (output.IsJson) output.JsonLine(new { keyid = $"{key.Id}", x });
        else output.Fields(("key id", $"{key.Id}"), ("x, its public key", x));
        return ExitCode.Done;
    }
}
