using System.CommandLine;
using Mev.Cli.Gateways;

namespace Mev.Cli.Control;

/// <summary><c>resume</c>: proposes that submitting goes on.</summary>
internal static class ResumeCommand
{
    public static Command Create(CommandContext context)
    {
        var (key, reason) = (OperatorKey.Option(), ReasonOption.Create());
        return context.Runs(
            new Command("resume", "Propose that submitting goes on; another person approves.") { key, reason },
            async (parsed, gateway, output, cancellationToken) =>
            {
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var policy = await gateway.Get("/v1/policy", cancellationToken);
                var receipt = await new SigningClient(gateway, signing).Propose(
                    new
                    {
                        op = "resume",
                        version = $"{policy.Number("policy.version") + 1}",
                        reason = parsed.GetRequiredValue(reason),
                    },
                    cancellationToken);
                return Receipts.Print(receipt, output);
            });
    }
}
