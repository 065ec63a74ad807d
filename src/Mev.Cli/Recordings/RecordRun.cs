using System.Globalization;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Domain.Feed;
using Spectre.Console;

namespace Mev.Cli.Recordings;

/// <summary>Records one feed and tells how far it is.</summary>
internal sealed class RecordRun(Output output, TimeProvider time)
{
    private const double MegaBytes = 1e6;

    public async Task<int> Run(IMarketFeed feed, string file, TimeSpan? span, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(span ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var recording = new CompactRecordingWriter(file, feed.Description, feed.HasWholeTransactions);
        try
        {
            if (output.IsJson || Console.IsOutputRedirected) await Record(feed, recording, () => { }, either.Token);
            else await RecordShown(feed, recording, span, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // the time is over, or Ctrl-C: what was read is kept
        }
        recording.Close();
        if (output.IsJson) output.JsonLine(new { file, batches = recording.Batches, bytes = recording.Bytes });
        else output.Line($"{file}: {Text(recording)}.");
        return ExitCode.Done;
    }

    private static async Task Record(
        IMarketFeed feed, CompactRecordingWriter recording, Action told, CancellationToken cancellationToken)
    {
        await foreach (var batch in feed.Read(cancellationToken))
        {
            recording.Add(batch);
            told();
        }
    }

    /// <summary>A bar where the end is known, by time or by batches; otherwise what there is so far.</summary>
    private async Task RecordShown(
        IMarketFeed feed, CompactRecordingWriter recording, TimeSpan? span, CancellationToken cancellationToken) =>
        await output.Terminal.Progress().StartAsync(async progress =>
        {
            var started = time.GetTimestamp();
            var task = progress.AddTask("recording");
            task.IsIndeterminate = true;
            await Record(feed, recording, Tell, cancellationToken);
            task.Value = task.MaxValue;

            void Tell()
            {
                task.Description = Markup.Escape(Text(recording));
                var (done, all) = span is { } wanted
                    ? (time.GetElapsedTime(started) / wanted, 1.0)
                    : (recording.Batches, (double?)feed.BatchesTotal ?? 0);
                if (all == 0) return;
                (task.IsIndeterminate, task.MaxValue, task.Value) = (false, all, done);
            }
        });

    private static string Text(CompactRecordingWriter recording) => string.Create(
        CultureInfo.InvariantCulture,
        $"{recording.Batches:N0} batches to slot {recording.Slot}, {recording.Bytes / MegaBytes:N1} MB");
}
