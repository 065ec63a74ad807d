using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Mev.Cli.Gateways;
using Mev.Control.Commands;
using Mev.Control.Signatures;

namespace Mev.Cli.Control;

/// <summary><c>proposals</c>: what waits for a second person.</summary>
internal static class ProposalsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("proposals", "What waits for a second person: look, approve, refuse.");
        command.Add(context.Runs(
            new Command("list", "All that are remembered, the newest first."),
            async (_, gateway, output, cancellationToken) =>
            {
                var answer = await gateway.Get("/v1/proposals", cancellationToken);
                if (output.IsJson) output.Json(answer);
                else List(answer, output);
                return ExitCode.Done;
            }));
        var id = Id();
        command.Add(context.Runs(
            new Command("show", "One, with its exact command, its hash and what it changes.") { id },
            async (parsed, gateway, output, cancellationToken) =>
            {
                var body = await Find(gateway, parsed.GetRequiredValue(id), cancellationToken);
                if (output.IsJson) output.Json(body);
                else Show(body, output);
                return ExitCode.Done;
            }));
        command.Add(Approve(context));
        command.Add(Answer(context, "refuse", "Refuse it."));
        command.Add(Answer(context, "withdraw", "Take one's own back."));
        return command;
    }

    private static Argument<string> Id() => new("proposal") { Description = "Its id, as 'proposals list' shows it." };

    /// <summary>Looking and signing are two steps: what is signed is what somebody has read before.</summary>
    private static Command Approve(CommandContext context)
    {
        var (id, key) = (Id(), OperatorKey.Option());
        var hash = new Option<string>("--sha256")
        {
            Description = "Hash of the command that 'proposals show' shows, all 64 characters.",
            Required = true,
        };
        return context.Runs(
            new Command("approve", "Approve what 'proposals show' has shown, by its hash.") { id, hash, key },
            async (parsed, gateway, output, cancellationToken) =>
            {
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var (proposal, read) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(hash));
                var actual = HashOf(await Find(gateway, proposal, cancellationToken));
                if (!actual.Equals(read, StringComparison.OrdinalIgnoreCase))
                {
                    throw new CommandFailure(
                        ExitCode.VerificationFailed,
                        $"--sha256 '{read}' is not the command's hash, all 64 characters of it: look with 'proposals "
                        + "show', and sign nothing that you have not read");
                }
                // What is signed is what was typed, whatever the gateway calls it.
                return await Send(
                    new { op = "proposal.approve", proposal, command_sha256 = read.ToLowerInvariant() },
                    gateway, signing, output, cancellationToken);
            });
    }

    private static Command Answer(CommandContext context, string name, string description)
    {
        var (id, key) = (Id(), OperatorKey.Option());
        return context.Runs(
            new Command(name, description) { id, key },
            async (parsed, gateway, output, cancellationToken) =>
            {
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                return await Send(
                    new { op = $"proposal.{name}", proposal = parsed.GetRequiredValue(id) },
                    gateway, signing, output, cancellationToken);
            });
    }

    private static async Task<int> Send(
        object command, GatewayClient gateway, Ed25519PrivateKey key, Output output,
        CancellationToken cancellationToken) =>
        Receipts.Print(
            await new SigningClient(gateway, key).Send(CommandEndpoints.Commands, command, cancellationToken), output);

    private static Task<JsonElement> Find(GatewayClient gateway, string id, CancellationToken cancellationToken) =>
        gateway.Get($"/v1/proposals/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Of the bytes that are shown, reckoned here: what the gateway calls their hash must be it.</summary>
    private static string HashOf(JsonElement body)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(body.Text("commandB64"))));
        if (hash == body.Text("proposal.commandSha256")) return hash;
        throw new CommandFailure(
            ExitCode.VerificationFailed, "the gateway shows other bytes than those whose hash it names: sign nothing");
    }

    /// <summary>
    /// What a terminal would act upon, or show in another order, as its code: nobody approves what they cannot see.
    /// </summary>
    private static string Visible(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
            or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator
            ? $"<U+{rune.Value:X4}>"
            : rune.ToString()));

    private static void List(JsonElement answer, Output output) => output.Table(
        ["proposal", "state", "command", "proposed by", "second", "why"],
        answer.Items("proposals").Select(proposal => new[]
        {
            proposal.Text("id"), proposal.Text("status"), proposal.Text("op"), proposal.Text("proposer"),
            proposal.Text("second"), proposal.Text("reason"),
        }));

    private static void Show(JsonElement body, Output output)
    {
        output.Fields(
            ("proposal", body.Text("proposal.id")),
            ("state", body.Text("proposal.status")),
            ("proposed by", body.Text("proposal.proposer")),
            ("takes", body.Text("proposal.class")),
            ("command, exactly", Visible(System.Text.Encoding.UTF8.GetString(
                Convert.FromBase64String(body.Text("commandB64"))))),
            ("sha-256, signed", HashOf(body)));
        var changes = body.Items("changes").ToList();
        if (changes.Count == 0) return;
        output.Table(LimitChanges.Columns, changes.Select(LimitChanges.Row));
    }
}
