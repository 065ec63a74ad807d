using System.CommandLine;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Domain.Feed;

namespace Mev.Cli.Recordings;

/// <summary><c>record FILE</c>: writes a feed to a compact recording.</summary>
internal static class RecordCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "The new recording; nothing is overwritten." };
        var from = new Option<string?>("--from")
        {
            Description = "A recording in JSON lines, or a snapshot (.csv.gz), instead of a node's stream.",
            HelpName = "path",
        };
        var node = NodeArguments.Create();
        var span = new Option<TimeSpan?>("--for")
        {
            Description = "How long a stream is recorded, hours:minutes:seconds. Default until Ctrl-C.",
            HelpName = "duration",
        };
        var command = new Command("record", "Writes a feed to a compact recording, which '--recording FILE' replays.")
        {
            file, from, span,
        };
        node.AddTo(command);
        return context.Runs(command, async (parsed, _, output, cancellationToken) =>
        {
            if (parsed.GetValue(span) is { } wanted && wanted <= TimeSpan.Zero)
                throw new CommandFailure(ExitCode.Usage, $"--for {wanted} is no time to record");
            try
            {
                using var stream = parsed.GetValue(from) is null ? node.Connect(parsed) : null;
                var feed = stream?.Feed ?? Recorded(parsed.GetValue(from)!);
                var run = new RecordRun(output, TimeProvider.System);
                return await run.Run(feed, parsed.GetValue(file)!, parsed.GetValue(span), cancellationToken);
            }
            catch (FeedException failure)
            {
                throw new CommandFailure(ExitCode.Failed, failure.Message);
            }
        });
    }

    private static IMarketFeed Recorded(string path)
    {
        if (CompactRecording.IsOne(path)) throw new FeedException($"{path} is a compact recording already");
        return path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".csv.gz", StringComparison.Ordinal)
            ? new SnapshotFeed(path, TimeProvider.System)
            : new RecordingFeed(new RecordingSource { Path = path }, TimeProvider.System);
    }
}
