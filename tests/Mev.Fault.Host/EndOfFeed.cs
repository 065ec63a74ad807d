using Mev.Grains.Feed;
using Microsoft.Extensions.Options;

namespace Mev.Fault.Host;

/// <summary>
/// Tells on the console what the feed's progress says (each trouble once, each end) and ends the process with the feed.
/// </summary>
internal sealed class EndOfFeed(
    FeedProgress progress, IHostApplicationLifetime lifetime, IOptions<FaultOptions> options) : BackgroundService
{
    /// <summary>First word of the line that tells the end: everything was settled.</summary>
    public const string Complete = "complete";

    /// <summary>First word of a line that tells why the feed waits or cannot go on.</summary>
    public const string Trouble = "trouble";

    /// <summary>The line that tells that a trouble has passed.</summary>
    public const string Well = "well";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var trouble = "";
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var state = progress.Current;
            if (state.Trouble != trouble)
            {
                trouble = state.Trouble;
                Console.WriteLine(trouble.Length == 0 ? Well : $"{Trouble} {trouble}");
            }
            if (!state.IsComplete) continue;
            Console.WriteLine($"{Complete} {state.Cursor.Position}");
            if (!options.Value.StayUp) lifetime.StopApplication();
            return;
        }
    }
}
