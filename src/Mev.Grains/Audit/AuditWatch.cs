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
    private string? _told;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        lifetime.WhileRunning(Watch, stoppingToken);

    private async Task Watch(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await Stop(); // before anything else is asked that may fail with the journal
                await lag.Look(stoppingToken);
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                LogAgain(failure.Message); // whatever it was: the next look asks again
            }
            await Task.Delay(AuditLag.LookInterval, time, stoppingToken);
        }
    }

    /// <summary>
    /// For each closing until a stop is kept, however short it was; and again where it was resumed while it is closed.
    /// </summary>
    private async Task Stop()
    {
        var policies = grains.GetGrain<IPolicyGrain>(PolicyKeys.Global);
        var unanswered = gate.Unanswered;
        if ((unanswered ?? gate.Reason) is not { } reason) return;
        if (unanswered is null && await IsStopped(policies)) return;
        if (reason != _told) LogStops(reason);
        _told = reason;
        await policies.Stop($"audit: {reason}"); // what cannot be kept holds all the same, and is told again
        gate.Answer(reason);
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
