using System.Collections.Immutable;
using Mev.Domain.Learning;
using Mev.Gateway.Overviews;
using Mev.Gateway.Wire;
using Mev.Journal;
using Mev.Journal.Stores.Queries;
using Mev.Journal.Stores.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Gateway.Stores;

/// <summary><c>/v1/history</c>: results, latencies and beliefs over time, from the decision store.</summary>
internal static class HistoryApi
{
    private const int PosteriorsMax = 100;
    private const string AllArms = "all";
    private static readonly Arm[] ShownArms = // as the history of a strategy shows: arms of every kind of sampler
        [.. new[] { 2_500, 4_500, 6_500, 8_500 }.Select(share => new Arm(share, Domain.Bundles.Route.Fast))];

    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/history/results", Results);
        routes.MapGet("/history/latency", Latency);
        routes.MapGet("/history/posterior/{strategy}", Posterior);
    }

    private static async Task<Results<Ok<ResultHistory>, ProblemHttpResult>> Results(
        IServiceProvider services, TimeProvider time, LandRateLabel label, string? from, string? to, string? interval,
        string? strategy, CancellationToken cancellationToken)
    {
        if (services.GetService<IDecisionStore>() is not { } store) return StoreApi.Missing();
        if (StoreQueryText.Range(time, from, to, interval, strategy, out var range) is { } problem) return problem;
        return TypedResults.Ok(ResultHistory.Of(range, await store.Results(range, cancellationToken), label.Text));
    }

    private static async Task<Results<Ok<LatencyHistory>, ProblemHttpResult>> Latency(
        IServiceProvider services, TimeProvider time, string? from, string? to, string? interval, string? strategy,
        CancellationToken cancellationToken)
    {
        if (services.GetService<IDecisionStore>() is not { } store) return StoreApi.Missing();
        if (StoreQueryText.Range(time, from, to, interval, strategy, out var range) is { } problem) return problem;
        var points = await store.Latencies(range, cancellationToken);
        return TypedResults.Ok(new LatencyHistory(
            Moments.Iso(range.FromNs), Moments.Iso(range.ToNs), [.. points.Select(LatencyPart.Of)]));
    }

    private static async Task<Results<Ok<PosteriorHistory>, ProblemHttpResult>> Posterior(
        IServiceProvider services, TimeProvider time, string strategy, string? from, string? to, string? arms,
        CancellationToken cancellationToken)
    {
        if (services.GetService<IDecisionStore>() is not { } store) return StoreApi.Missing();
        if (arms is not (null or AllArms))
            return Problems.Bad("Bad arms", $"arms '{arms}' is not '{AllArms}'; leave it out for four typical ones.");
        if (StoreQueryText.Range(time, from, to, "1000d", strategy, out var range) is { } problem) return problem;
        var points = await store.Posteriors(
            new PosteriorSearch(strategy, range.FromNs, range.ToNs, PosteriorsMax), cancellationToken);
        return TypedResults.Ok(new PosteriorHistory(
            strategy, Moments.Iso(range.FromNs), Moments.Iso(range.ToNs),
            [.. points.Select(row => PosteriorPart.Of(row, isWhole: arms is AllArms))]));
    }

    internal sealed record LatencyHistory(string From, string To, ImmutableArray<LatencyPart> Points);

    internal sealed record LatencyPart(
        string At, LatencyStage Stage, long Count, long P50Ns, long P90Ns, long P99Ns, long P999Ns, long MaxNs)
    {
        public static LatencyPart Of(LatencyPoint point) => new(
            Moments.Iso(point.AtNs), point.Stage, point.Count, point.P50Ns, point.P90Ns, point.P99Ns, point.P999Ns,
            point.MaxNs);
    }

    internal sealed record PosteriorHistory(
        string Strategy, string From, string To, ImmutableArray<PosteriorPart> Points);

    internal sealed record PosteriorPart(
        string At, string Id, SamplerKind Sampler, ImmutableArray<ArmBelief> Arms,
        ImmutableArray<PosteriorFactor> Factors)
    {
        private const long NsPerSecond = 1_000_000_000;

        public static PosteriorPart Of(PosteriorRow row, bool isWhole) => new(
            Moments.Iso(row.Second * NsPerSecond), row.Id, row.Kind,
            isWhole ? row.Arms : [.. row.Arms.Where(belief => ShownArms.Contains(belief.Arm))], row.Factors);
    }
}
