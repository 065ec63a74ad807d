using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Overviews;

/// <summary><c>/v1/overview</c>.</summary>
internal static class OverviewApi
{
    public static void MapOverview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/overview", async (OverviewReader reader, CancellationToken cancellationToken) =>
            TypedResults.Ok(await reader.Read(cancellationToken)));
}
