using System.Collections.Immutable;
using Mev.Domain.Decisions;
using Mev.Domain.Learning;
using Mev.Gateway.Overviews;
using Mev.Gateway.Wire;
using Mev.Grains.Abstractions.Feed;
using Mev.Grains.Abstractions.Strategies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Strategies;

/// <summary><c>/v1/strategies</c>: what each did, what came of it, what it believes.</summary>
internal static class StrategiesApi
{
    public static void MapStrategies(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/strategies", List);
        routes.MapGet("/strategies/{id}", Find);
    }

    private static async Task<Ok<StrategyList>> List(IGrainFactory grains, LandRateLabel label)
    {
        var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe();
        var views = await Task.WhenAll(
            feed.Strategies.Select(id => grains.GetGrain<IStrategyGrain>(id).Describe().AsTask()));
        return TypedResults.Ok(new StrategyList([.. views.Select(view => Line(view, label))]));
    }

    private static async Task<Results<Ok<StrategyBody>, ProblemHttpResult>> Find(
        IGrainFactory grains, LandRateLabel label, string id)
    {
        var feed = await grains.GetGrain<IFeedGrain>(FeedKeys.Main).Describe();
        if (!feed.Strategies.Contains(id)) return Unknown(id, feed);
        var view = await grains.GetGrain<IStrategyGrain>(id).Describe();
        return TypedResults.Ok(new StrategyBody(view, RateOf(view.Tally, label)));
    }

    /// <summary>The problem of an id that is not configured; it says which are.</summary>
    public static ProblemHttpResult Unknown(string id, FeedView feed) => Problems.Missing(
        "No such strategy",
        $"Strategy '{id}' is not configured. Configured (Trading:Strategies): {string.Join(", ", feed.Strategies)}.");

    private static StrategyLine Line(StrategyView view, LandRateLabel label) => new(
        view.Parameters.Id, view.Parameters.Epoch, view.Partition, view.Tally, RateOf(view.Tally, label),
        view.OpenSubmissions, view.Posterior.Kind, view.Learning.State);

    private static LandRate RateOf(StrategyTally tally, LandRateLabel label) =>
        new(tally.Landed, tally.Landed + tally.Refused + tally.Expired, label.Text);

    internal sealed record StrategyList(ImmutableArray<StrategyLine> Strategies);

    internal sealed record StrategyLine(
        string Id, ulong Epoch, int Partition, StrategyTally Tally, LandRate LandRate, int OpenSubmissions,
        SamplerKind Sampler, LearningState Learning);

    internal sealed record StrategyBody(StrategyView Strategy, LandRate LandRate);
}
