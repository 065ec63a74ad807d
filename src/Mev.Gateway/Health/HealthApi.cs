using Mev.Gateway.Wire;
using Mev.Grains.Abstractions.Feed;
using Mev.Journal;
using Mev.Journal.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Health;

/// <summary>Liveness is the process alone; readiness is silo, journal, audit and feed.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthState("live")));
        routes.MapGet("/health/ready", Ready);
    }

    /// <summary>Whether this process can do its work now; the problem says why not.</summary>
    internal static async Task<Results<Ok<HealthState>, ProblemHttpResult>> Ready(
        IGrainFactory grains, IPartitionedLog log, AuditGate gate, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!log.IsAvailable)
            return NotReady("the journal cannot be written; the log says why, and writing resumes by itself");
        if (gate.Reason is { } closed) return NotReady($"the audit is closed, {closed}");
        try
        {
            var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe().AsTask()
                .WaitAsync(AnswerMax, time, cancellationToken);
            if (feed.Trouble.Length > 0) return NotReady($"feed: {feed.Trouble}");
            return TypedResults.Ok(new HealthState("ready"));
        }
        catch (OrleansException failure)
        {
            return NotReady($"silo: {failure.Message}");
        }
        catch (TimeoutException)
        {
            return NotReady($"the silo did not answer within {AnswerMax.TotalSeconds} s");
        }
    }

    private static ProblemHttpResult NotReady(string reason) => Problems.Away("Not ready", reason);

    internal sealed record HealthState(string Status);
}
