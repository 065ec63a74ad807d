using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mev.Control.Commands;
using Mev.Control.Records;
using Mev.Grains.Abstractions.Commands;
using Mev.Grains.Abstractions.Limits;
using Mev.Grains.Abstractions.Sessions;
using Mev.Journal;
using Mev.Journal.Sqlite;

namespace Mev.Gateway.Commands;

/// <summary>
/// The emergency stop: the policy grain first, which needs neither journal nor storage for it to hold; the ledger
/// afterwards, and for a bounded time.
/// </summary>
internal sealed class StopDesk(ControlLog log, IGrainFactory grains, TimeProvider time)
{
    private const int Accepted = 202;
    private static readonly TimeSpan ReadMax = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HoldMax = TimeSpan.FromSeconds(1);

    /// <summary>The registry as far as it can be known at once.</summary>
    public async ValueTask<ControlState> KnownState()
    {
        try
        {
            return await log.CatchUp().AsTask().WaitAsync(ReadMax, time);
        }
        catch (Exception failure) when (failure is TimeoutException or JournalUnavailableException)
        {
            return log.Current;
        }
    }

    public async Task<CommandAnswer> Take(VerifiedCommand command)
    {
        var envelope = CommandDesk.Of(command);
        var stopped = await Within(
            grains.GetGrain<IPolicyCommandGrain>(PolicyKeys.Global).Stop(envelope).AsTask());
        if (stopped is { IsDone: false })
            return new CommandAnswer { Status = stopped.Status, Code = stopped.Code, Detail = stopped.Detail };
        var isEffective = stopped is not null || await IsStopped();
        var recorded = await Within(
            grains.GetGrain<IOperatorSessionGrain>(command.Key.Principal.Name).Execute(envelope).AsTask());
        return Answer(command, stopped, isEffective, recorded);
    }

    /// <summary>The stop, and its receipt as far as there is one; without 'log' it is to be sent again.</summary>
    private static CommandAnswer Answer(
        VerifiedCommand command, EffectAnswer? stopped, bool isEffective, CommandAnswer? recorded)
    {
        if (!isEffective && recorded is not { Status: Accepted })
        {
            return CommandDesk.Refusal(
                CommandRefusal.OwnerUnavailable, "it is not known whether the stop holds: send it again");
        }
        var isRecorded = recorded is { Status: Accepted };
        var body = (isRecorded ? JsonNode.Parse(recorded!.Body.Span) as JsonObject : null)
            ?? new JsonObject { ["command_id"] = command.CommandId.ToString() };
        body["stop_id"] = command.CommandId.ToString();
        body["effective"] = true;
        body["pending"] = new JsonArray();
        var durable = new JsonArray();
        if (stopped is not null) durable.Add("state");
        if (isRecorded) durable.Add("log");
        body["durable"] = durable;
        if (stopped is not null) body["version"] = stopped.Version.ToString(CultureInfo.InvariantCulture);
        return new CommandAnswer
        {
            Status = Accepted,
            Body = JsonSerializer.SerializeToUtf8Bytes(body),
            IsReplayed = recorded is { IsReplayed: true },
        };
    }

    private async ValueTask<bool> IsStopped()
    {
        try
        {
            var current = grains.GetGrain<IPolicyGrain>(PolicyKeys.Global).Current().AsTask();
            return (await current.WaitAsync(HoldMax, time)).IsStopped;
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException or JournalUnavailableException)
        {
            return false;
        }
    }

    private async ValueTask<T?> Within<T>(Task<T> task)
        where T : class
    {
        try
        {
            return await task.WaitAsync(HoldMax, time);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException or JournalUnavailableException
            or SqliteUnavailableException or UnauthorizedAccessException)
        {
            return null; // it may hold all the same: the caller looks
        }
    }
}
