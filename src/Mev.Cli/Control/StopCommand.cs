using System.CommandLine;
using Mev.Cli.Gateways;
using Mev.Control.Commands;

namespace Mev.Cli.Control;

/// <summary><c>stop</c>: nothing is submitted any more.</summary>
internal static class StopCommand
{
    public static Command Create(CommandContext context)
    {
        var (key, reason) = (OperatorKey.Option(), ReasonOption.Create());
        return context.Runs(
            new Command("stop", "Stop submitting at once; one signature is enough.") { key, reason },
            async (parsed, gateway, output, cancellationToken) =>
            {
                using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
                var receipt = await new SigningClient(gateway, signing).Send(
                    CommandEndpoints.Stop,
                    new { op = "stop", scope = "global", reason = parsed.GetRequiredValue(reason) }, cancellationToken);
                var code = Receipts.Print(receipt, output);
                return receipt.Items("durable").Any() ? code : throw new CommandFailure(
                    ExitCode.Unavailable,
                    "the stop holds in the running silo, and neither journal nor storage has it: send it again");
            });
    }
}
