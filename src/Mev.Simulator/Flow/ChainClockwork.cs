using Mev.Domain.Feed;

namespace Mev.Simulator.Flow;

/// <summary>Makes the ticks come at the pace of the options.</summary>
internal sealed partial class ChainClockwork(
    ChainTicks ticks, SimulatorOptions options, TimeProvider time, IHostApplicationLifetime lifetime,
    ILogger<ChainClockwork> logger) : BackgroundService
{
    private const int TicksPerWakeMax = 256; // what a machine that is too slow owes beyond is never made up for

    private static readonly TimeSpan WakeMin = TimeSpan.FromMilliseconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Speed <= 0) return;
        var tick = TimeSpan.FromMilliseconds(options.TickMs) / options.Speed;
        using var timer = new PeriodicTimer(tick > WakeMin ? tick : WakeMin, time);
        var due = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var owed = Math.Min((long)(time.GetElapsedTime(due) / tick), TicksPerWakeMax);
                due = owed == TicksPerWakeMax
                    ? time.GetTimestamp()
                    : due + (long)(owed * tick.TotalSeconds * time.TimestampFrequency);
                for (var i = 0; i < owed; i++) ticks.Next();
            }
        }
        catch (OperationCanceledException)
        {
            // the host ends
        }
        catch (FeedException failure)
        {
            LogStuck(failure.Message);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(8000, LogLevel.Error, "The chain cannot go on: {Reason}")]
    private partial void LogStuck(string reason);
}
