using Mev.DevHost.Configuration;
using Mev.Domain.Feed;
using Mev.Gateway.Overviews;
using Mev.Journal;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Mev.DevHost.Summaries;

/// <summary>
/// Shows what the process does: a live table in a terminal, a line every few seconds elsewhere, and a block when the
/// feed has ended. Then the host goes on serving, or ends where <c>Host:ExitAtEnd</c> says so.
/// </summary>
internal sealed partial class LiveSummary(
    OverviewReader reader,
    IMarketFeed feed,
    FeedChoice choice,
    HostLog log,
    AppendLatency appends,
    IServer server,
    IOptions<DevHostOptions> options,
    IOptions<ExecutionOptions> execution,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<LiveSummary> logger) : BackgroundService
{
    private const string RunAgain =
        "The feed was taken to its end: another start on its files decides nothing anew. To run it again give it new "
        + "ones: --Journal:Path FILE --State:Path FILE.";

    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(500);

    private readonly SummaryClock _clock = new(time, appends);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The silo stops before this service: from the first word of an end on it is asked no more.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await Show(ending.Token);
        }
        catch (Exception failure) when (ending.IsCancellationRequested)
        {
            LogStopped(failure.Message); // what it waited for is not told any more
        }
    }

    private async Task Show(CancellationToken cancellationToken)
    {
        await lifetime.Started(cancellationToken);
        var urls = Urls();
        await Console.Out.WriteLineAsync(
            $"Feed: {choice.Reason} ({feed.Description}). Execution: {SummaryTexts.Execution(execution.Value)}.");
        foreach (var url in urls) await Console.Out.WriteLineAsync(url);
        var isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        if (isTerminal) await ShowFrames(urls, cancellationToken);
        else await ShowLines(cancellationToken);
        if (await Read(cancellationToken) is { Feed.IsComplete: true }) await Console.Out.WriteLineAsync(RunAgain);
        if (options.Value.ExitAtEnd) lifetime.StopApplication();
        else await Console.Out.WriteLineAsync("The feed has ended; serving until Ctrl-C.");
    }

    private async Task ShowFrames(IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        log.Hold(true);
        try
        {
            await AnsiConsole.Live(Text.Empty).Overflow(VerticalOverflow.Crop).StartAsync(async display =>
            {
                SummaryMoment? moment = null;
                while (true)
                {
                    moment = await Next(cancellationToken) ?? moment;
                    if (moment is not null) display.UpdateTarget(SummaryFrame.Of(moment, urls, log.Kept));
                    if (moment is { HasEnded: true }) return;
                    await Task.Delay(FrameInterval, time, cancellationToken);
                }
            });
        }
        finally
        {
            log.Hold(false);
        }
    }

    private async Task ShowLines(CancellationToken cancellationToken)
    {
        while (true)
        {
            var moment = await Next(cancellationToken);
            var shownAt = time.GetTimestamp(); // from here on, since the numbers may have been long in coming
            if (moment is { HasEnded: true })
            {
                foreach (var line in SummaryLines.Block(moment).Concat(SummaryLines.Arms(moment)))
                    await Console.Out.WriteLineAsync(line);
                return;
            }
            if (moment is not null) await Console.Out.WriteLineAsync(SummaryLines.Line(moment));
            await Ended(shownAt, cancellationToken);
        }
    }

    /// <summary>Waits for the next line's time, or for the feed's end when that is earlier.</summary>
    private async Task Ended(long shownAt, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(shownAt) < options.Value.SummaryInterval)
        {
            await Task.Delay(FrameInterval, time, cancellationToken);
            if (await Read(cancellationToken) is { Feed: { IsComplete: true } or { IsFailed: true } }) return;
        }
    }

    private async Task<SummaryMoment?> Next(CancellationToken cancellationToken) =>
        await Read(cancellationToken) is { } overview ? _clock.Take(overview) : null;

    /// <summary>The numbers; null when a grain could not tell them, which ends no silo.</summary>
    private async Task<Overview?> Read(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.Read(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnread(failure);
            return null;
        }
    }

    private List<string> Urls()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return [.. addresses.SelectMany(address => new[] { $"{address}/v1/overview", $"{address}/orleans" })];
    }

    [LoggerMessage(13000, LogLevel.Warning, "The summary waits for its numbers")]
    private partial void LogUnread(Exception failure);

    [LoggerMessage(13002, LogLevel.Debug, "The summary stops with the host: {Reason}")]
    private partial void LogStopped(string reason);
}
