using System.CommandLine;

namespace Mev.Cli.Audits;

/// <summary><c>audit</c>: what happened can be proved.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("audit", "The audit log: verify it, or be its witness.");
        command.Add(VerifyCommand.Create(context));
        command.Add(WitnessCommand.Create(context));
        return command;
    }
}
