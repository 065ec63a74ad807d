using System.Collections.Immutable;
using Mev.Domain.Decisions;
using Mev.Gateway.Strategies;
using Mev.Gateway.Wire;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Strategies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Decisions;

/// <summary><c>/v1/decisions</c>: from the journal, the newest first.</summary>
internal static class DecisionsApi
{
    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/decisions", List);
        routes.MapGet("/decisions/{id}", Find);
        routes.MapGet("/decisions/{id}/record", Record);
    }

    private static async Task<Results<Ok<DecisionPage>, ProblemHttpResult>> List(
        DecisionPages pages, IGrainFactory grains, string? after, string? limit, string? strategy, string? action,
        CancellationToken cancellationToken)
    {
        if (PageLimit.Read(limit, out var count) is { } badLimit) return badLimit;
        PageCursor? cursor = null;
        if (after is not null && !PageCursor.TryParse(after, out cursor))
        {
            return Problems.Bad(
                "Bad cursor", $"after '{after}' is no cursor. Use 'next' of the page before, unchanged.");
        }
        var wanted = DecisionAction.Unknown;
        if (action is not null && !IsAction(action, out wanted))
            return Problems.Bad("Bad action", $"action '{action}' is none of submit, skip, block.");
        var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe();
        if (strategy is not null && !feed.Strategies.Contains(strategy)) return StrategiesApi.Unknown(strategy, feed);
        var ids = strategy is null ? feed.Strategies : [strategy];
        var query = new DecisionQuery(await Partitions(grains, ids), cursor, count, strategy, wanted);
        return TypedResults.Ok(await pages.Read(query, cancellationToken));
    }

    private static async Task<Results<Ok<DecisionBody>, ProblemHttpResult>> Find(
        DecisionReader reader, string id, CancellationToken cancellationToken)
    {
        if (!DecisionName.TryParse(id, out var name)) return BadId(id);
        if (await reader.Find(name, cancellationToken) is not { } position) return Missing(id);
        if (await reader.Read(position, cancellationToken) is not { } record) return Missing(id);
        if (await reader.Describe(position, record, cancellationToken) is { } body) return TypedResults.Ok(body);
        return Problems.Broken(
            "The record cannot be decoded",
            $"Record {position} is damaged: its bytes are no decision. 'mevctl replay {id}' says more; the bytes are "
            + $"at /v1/decisions/{id}/record.");
    }

    private static async Task<Results<Ok<DecisionRecord>, ProblemHttpResult>> Record(
        DecisionReader reader, string id, CancellationToken cancellationToken)
    {
        if (!DecisionName.TryParse(id, out var name)) return BadId(id);
        if (await reader.Find(name, cancellationToken) is not { } position) return Missing(id);
        if (await reader.Read(position, cancellationToken) is not { } record) return Missing(id);
        return TypedResults.Ok(await reader.WithBlobs(position, record, cancellationToken));
    }

    private static async Task<IReadOnlyList<int>> Partitions(IGrainFactory grains, ImmutableArray<string> ids)
    {
        var views = await Task.WhenAll(ids.Select(id => grains.GetGrain<IStrategyGrain>(id).Describe().AsTask()));
        return [.. views.Select(view => view.Partition).Distinct().Order()];
    }

    // by name alone: a number and several names would parse too, and 'unknown' is none to ask for
    private static bool IsAction(string text, out DecisionAction action)
    {
        action = Enum.GetValues<DecisionAction>()
            .FirstOrDefault(known => text.Equals($"{known}", StringComparison.OrdinalIgnoreCase));
        return action != DecisionAction.Unknown;
    }

    private static ProblemHttpResult BadId(string id) => Problems.Bad(
        "Not a decision id",
        $"'{id}' is neither a decision id (a UUID such as 019ab3c0-5d1e-7000-8000-000000000000) nor a position "
        + "(partition@offset). /v1/decisions lists the ids.");

    private static ProblemHttpResult Missing(string id) => Problems.Missing(
        "No such decision", $"The journal holds no decision {id}. /v1/decisions lists those that it holds.");
}
