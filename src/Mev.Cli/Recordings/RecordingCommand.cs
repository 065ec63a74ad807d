using System.CommandLine;
using System.Globalization;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Cli.Recordings;

/// <summary><c>recording FILE</c>: what a compact recording holds, as a whole or of one slot.</summary>
internal static class RecordingCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("file") { Description = "A compact recording." };
        var slot = NumberOption.Slot("--slot", "The batches whose cursor is in this slot.");
        var command = new Command("recording", "Tells what a compact recording holds, and whether it is whole.")
        {
            file, slot,
        };
        return context.Runs(command, (parsed, _, output, cancellationToken) =>
        {
            try
            {
                var recording = CompactRecording.Open(parsed.GetValue(file)!);
                if (parsed.GetValue(slot) is { } one)
                {
                    List(recording, new Slot(one), output, cancellationToken);
                    return Task.FromResult(recording.IsWhole ? ExitCode.Done : ExitCode.VerificationFailed);
                }
                var defect = recording.Verify(cancellationToken);
                Describe(recording, defect, output);
                return Task.FromResult(defect.Length == 0 ? ExitCode.Done : ExitCode.VerificationFailed);
            }
            catch (FeedException failure)
            {
                throw new CommandFailure(ExitCode.Failed, failure.Message);
            }
        });
    }

    private static void Describe(CompactRecording recording, string defect, Output output)
    {
        var slots = recording.Slots is { } both ? $"{both.First} to {both.Last}" : "none";
        if (output.IsJson)
        {
            output.JsonLine(new
            {
                description = recording.Description,
                batches = recording.Batches,
                drains = recording.DrainCount,
                frames = recording.Frames,
                isWhole = defect.Length == 0,
                defect,
                firstSlot = recording.Slots?.First.Value,
                lastSlot = recording.Slots?.Last.Value,
            });
            return;
        }
        output.Fields(
            ("feed", recording.Description),
            ("batches", recording.Batches.ToString("N0", CultureInfo.InvariantCulture)),
            ("drains", recording.HasDrains
                ? recording.DrainCount.ToString("N0", CultureInfo.InvariantCulture)
                : "each batch is one"),
            ("slots", slots),
            ("frames", recording.Frames.ToString("N0", CultureInfo.InvariantCulture)),
            ("state", defect.Length == 0 ? "whole" : $"CUT or damaged: {defect}"));
    }

    private static void List(
        CompactRecording recording, Slot slot, Output output, CancellationToken cancellationToken)
    {
        if (recording.Slots is not { } both || slot < both.First || slot > both.Last)
            throw new CommandFailure(ExitCode.Usage, $"slot {slot} is not in {recording.Path}");
        foreach (var batch in recording.Read(from: slot).TakeWhile(batch => batch.Cursor.Slot <= slot))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (batch.Cursor.Slot == slot) Line(batch, output);
        }
    }

    private static void Line(in FeedBatch batch, Output output)
    {
        var kinds = batch.Events.ToArray().CountBy(feedEvent => feedEvent.Kind).OrderBy(kind => kind.Key).ToList();
        if (output.IsJson)
        {
            output.JsonLine(new
            {
                position = batch.Cursor.Position,
                arrivedNs = batch.ArrivedNs,
                events = kinds.ToDictionary(kind => $"{kind.Key}", kind => kind.Value),
            });
            return;
        }
        var arrived = DateTimeOffset.UnixEpoch.AddTicks(batch.ArrivedNs / 100);
        var counts = string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"));
        output.Line(string.Create(
            CultureInfo.InvariantCulture, $"{batch.Cursor.Position,10}  {arrived:HH:mm:ss.fff}  {counts}"));
    }
}
