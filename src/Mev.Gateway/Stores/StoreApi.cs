using Mev.Gateway.Wire;
using Mev.Journal.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Gateway.Stores;

/// <summary><c>/v1/store</c>: how the decision store stands, and a copy of it for questions of one's own.</summary>
internal static class StoreApi
{
    public static void MapStore(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/store", Read);
        routes.MapGet("/store/copy", Copy);
    }

    /// <summary>The problem of a host without a decision store.</summary>
    public static ProblemHttpResult Missing() => Problems.Missing(
        "No decision store",
        "This host fills none (Store:IsOn false). Start it with --Store:IsOn true: the store is filled from the "
        + "journal's beginning; or read the journal under /v1/decisions.");

    private static Results<Ok<SinkView>, ProblemHttpResult> Read(IServiceProvider services) =>
        services.GetService<SinkProgress>() is { } progress ? TypedResults.Ok(progress.Current) : Missing();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> Copy(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<IStoreCopies>() is not { } store) return Missing();
        return TypedResults.Stream(await store.Copy(cancellationToken), "application/vnd.duckdb", "decisions.duckdb");
    }
}
