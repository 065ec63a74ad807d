using System.CommandLine;
using Mev.Cli.Control;
using Mev.Control.Checkpoints;

namespace Mev.Cli.Audits;

/// <summary><c>audit witness</c>: a process with a key of its own that cosigns one history of a log.</summary>
internal static class WitnessCommand
{
    private const int SecondsMax = 3_600;

    public static Command Create(CommandContext context)
    {
        var key = OperatorKey.Option();
        var log = NoteKeys.LogOption();
        log.Required = true;
        log.Description = "What the log is known by, name+hex id+base64, as /v1/audit says it.";
        var state = new Option<string>("--state")
        {
            Description = "Folder of what it cosigned last; keep it, and on another machine than the log.",
            HelpName = "folder",
            Required = true,
        };
        var name = new Option<string>("--name")
        {
            Description = "The witness's name, without a blank or a plus.",
            HelpName = "name",
            DefaultValueFactory = _ => "witness.local/w1",
        };
        var listen = new Option<string?>("--listen")
        {
            Description = "Show over HTTP what was cosigned, as in http://127.0.0.1:8090 (Gateway:Witnesses:0:Url).",
            HelpName = "url",
        };
        var once = new Option<bool>("--once") { Description = "One look, and no more." };
        var interval = NumberOption.Count("--interval", "-i", "Seconds between two looks", SecondsMax, otherwise: 1);
        var command = new Command(
            "witness", "Cosign a log's checkpoints as long as they are one history; ends with 6 when they are not.")
        {
            key, log, state, name, listen, once, interval,
        };
        return context.Runs(command, async (parsed, gateway, output, cancellationToken) =>
        {
            using var signing = OperatorKey.Open(parsed.GetRequiredValue(key));
            var own = KeyOf(parsed.GetRequiredValue(name), signing.PublicKey);
            using var kept = new WitnessState(parsed.GetRequiredValue(state));
            var run = new WitnessRun(
                gateway, NoteKeys.Log(parsed.GetRequiredValue(log)!), own.Name, signing, kept, output,
                TimeProvider.System);
            if (output.IsJson) output.JsonLine(new { witness = $"{own}" });
            else output.Line($"witness {own}");
            await using var page = parsed.GetValue(listen) is { } url
                ? await WitnessPage.Listen(url, own, kept)
                : null;
            return await run.Run(
                parsed.GetValue(once), TimeSpan.FromSeconds(parsed.GetValue(interval)), cancellationToken);
        }, isEndless: true);
    }

    private static NoteKey KeyOf(string name, Mev.Control.Signatures.Ed25519PublicKey key)
    {
        try
        {
            return NoteKey.OfWitness(name, key);
        }
        catch (FormatException failure)
        {
            throw new CommandFailure(ExitCode.Usage, $"--name: {failure.Message}");
        }
    }
}
