using Mev.Journal;
using Mev.Journal.Indexes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Adapters.Kafka;

/// <summary>Keeps the index near the log's end, so that whoever asks waits for little.</summary>
internal sealed partial class IndexFollower(LogIndex index, TimeProvider time, ILogger<IndexFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for it
        string? trouble = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await index.Follow(stoppingToken);
                trouble = null;
            }
            catch (JournalUnavailableException failure)
            {
                if (failure.Message != trouble) LogBehind(failure.Message);
                trouble = failure.Message;
            }
            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(4001, LogLevel.Warning, "The index is behind the journal: {Reason}")]
    private partial void LogBehind(string reason);
}
