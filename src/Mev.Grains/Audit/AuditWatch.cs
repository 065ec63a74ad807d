using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Audit;

/// <summary>
/// An audit that is closed, or lags, stops submitting by itself. It may open again by itself; submitting does not go on
/// before two persons have resumed it.
/// </summary>
internal sealed partial class AuditWatch(
    AuditLag lag, AuditGate gate, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<AuditWatch> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        lifetime.WhileRunning(Watch, stoppingToken);

    private async Task Watch(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await lag.Look(stoppingToken);
                if (gate.Reason is { } reason) await Stop(reason);
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                LogAgain(failure.Message); // whatever it was: the next look asks again
            }
            await Task.Delay(AuditLag.LookInterval, time, stoppingToken);
        }
    }

    /// <summary>What cannot be journalled holds all the same: the policy grain tells it once it can.</summary>
    private async Task Stop(string reason)
    {
        var policies = grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        if (await IsStopped(policies)) return;
        LogStops(reason);
        await policies.Stop($"audit: {reason}");
    }

    private static async Task<bool> IsStopped(IPolicyGrain policies)
    {
        try
        {
            return (await policies.Current()).IsStopped;
        }
        catch (JournalUnavailableException)
        {
            return false; // a stopped one answers without the journal
        }
    }

    [LoggerMessage(1057, LogLevel.Critical, "Submitting stops until two persons resume, the audit is closed: {Reason}")]
    private partial void LogStops(string reason);

    [LoggerMessage(1058, LogLevel.Error, "The audit is looked at again, after: {Reason}")]
    private partial void LogAgain(string reason);
}
