using System.CommandLine;
using Mev.Control.Checkpoints;
using Mev.Journal.Sqlite;

namespace Mev.Cli.Audits;

/// <summary><c>audit verify</c>: of a journal's files, or of what a gateway serves.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        var journal = new Option<string?>("--journal")
        {
            Description = "Verify this journal's file, no host needed; without it what the gateway serves is verified.",
            HelpName = "file",
        };
        var folder = new Option<string?>("--checkpoints")
        {
            Description = "The folder of its trees and checkpoints; without it the one beside the journal.",
            HelpName = "folder",
        };
        var logKey = NoteKeys.LogOption();
        var witnessKey = new Option<string?>("--witness-key")
        {
            Description = "What a witness is known by: what it cosigned has to be in the history.",
            HelpName = "key",
        };
        var cosigned = new Option<string?>("--cosigned")
        {
            Description = "With --journal: the folder in which the witness keeps what it cosigned.",
            HelpName = "folder",
        };
        var partition = new Option<int?>("--partition") { Description = "This partition alone.", HelpName = "number" };
        var command = new Command(
            "verify", "Verify every record, checkpoint and cosignature; names each record that is another.")
        {
            journal, folder, logKey, witnessKey, cosigned, partition,
        };
        return context.Runs(command, async (parsed, gateway, output, cancellationToken) =>
        {
            var witness = parsed.GetValue(witnessKey) is { } key ? NoteKeys.Witness(key) : null;
            var run = new VerifyRun(output, witness, parsed.GetValue(partition));
            if (parsed.GetValue(journal) is not { } file)
                return await run.Served(gateway, parsed.GetValue(logKey), cancellationToken);
            if (parsed.GetValue(logKey) is not { } log)
            {
                throw new CommandFailure(
                    ExitCode.Usage, "--journal needs --log-key: files do not say whom to believe; a running host's "
                    + "/v1/audit and its log do");
            }
            if (parsed.GetValue(cosigned) is not null && witness is null)
                throw new CommandFailure(ExitCode.Usage, "--cosigned needs --witness-key: whose it has to be");
            try
            {
                return await run.Files(
                    file, parsed.GetValue(folder) ?? CheckpointTerms.FolderBeside(file), NoteKeys.Log(log),
                    parsed.GetValue(cosigned), cancellationToken);
            }
            catch (Exception failure) when (failure is SqliteUnavailableException or IOException
                or UnauthorizedAccessException)
            {
                throw new CommandFailure(ExitCode.Unavailable, failure.Message);
            }
        });
    }
}
