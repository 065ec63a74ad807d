using Mev.Control.Records;
using Mev.Grains.Abstractions.Sessions;
using Mev.Grains.Commands;
using Mev.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Sessions;

/// <summary>
/// Completes a beginning of the cluster whose process died between its record and its effect: the registry counts from
/// the record on, so its limits and how the log began must follow by themselves. Every other command waits for whoever
/// signed it.
/// </summary>
internal sealed partial class GenesisCompletion(
    ControlLog log, IGrainFactory grains, IHostApplicationLifetime lifetime, ILogger<GenesisCompletion> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.Started(stoppingToken);
        try
        {
            var state = await log.CatchUp(stoppingToken);
            if (state.Commands.Values.FirstOrDefault(IsHalfBegun) is not { Envelope: { } signed } half) return;
            var answer = await grains.GetGrain<IOperatorSessionGrain>(half.Entry.Principal.Name)
                .Execute(signed.ToEnvelope());
            if (answer.Code.Length == 0) LogCompleted(half.Entry.CommandId);
            else LogWaits(half.Entry.CommandId, answer.Detail);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or JournalUnavailableException)
        {
            LogWaits(Guid.Empty, failure.Message);
        }
    }

    private static bool IsHalfBegun(TakenCommand taken) => taken is { Begun: not null, Entry.Answer: null };

    [LoggerMessage(1083, LogLevel.Warning, "The cluster's beginning, command {CommandId}, is completed after a crash")]
    private partial void LogCompleted(Guid commandId);

    [LoggerMessage(1084, LogLevel.Error,
        "The cluster's beginning, command {CommandId}, is not complete: start again, or send it again: {Reason}")]
    private partial void LogWaits(Guid commandId, string reason);
}
