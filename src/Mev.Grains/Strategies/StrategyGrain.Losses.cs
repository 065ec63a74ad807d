using Mev.Grains.Abstractions.Limits;
using Mev.Journal;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Strategies;

/// <content>Losses beyond their limits stop submitting, everybody's: two persons resume.</content>
internal sealed partial class StrategyGrain
{
    /// <summary>
    /// A stop that nobody could write holds in this silo all the same, and is asked for again with the next outcomes.
    /// </summary>
    private async ValueTask StopAtLosses()
    {
        var current = policy.Current;
        if (current.IsStopped || _fold.Losses.Breach(current.Losses, current.ResumedMs) is not { } breach) return;
        LogLoss(_parameters.Id, $"{breach}");
        try
        {
            await GrainFactory.GetGrain<IPolicyGrain>(PolicyKeys.Global).Stop($"strategy {_parameters.Id}: {breach}");
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or JournalUnavailableException)
        {
            LogNotStopped(_parameters.Id, failure.Message);
        }
    }

    [LoggerMessage(1007, LogLevel.Error, "Strategy {Strategy}: {Breach}; stopped until two persons resume")]
    private partial void LogLoss(string strategy, string breach);

    [LoggerMessage(1008, LogLevel.Error, "Strategy {Strategy}: its stop is not written yet: {Reason}")]
    private partial void LogNotStopped(string strategy, string reason);
}
