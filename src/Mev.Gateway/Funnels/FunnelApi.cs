using Mev.Domain.Bundles;
using Mev.Gateway.Overviews;
using Mev.Gateway.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mev.Gateway.Funnels;

/// <summary><c>/v1/funnel</c>: how far the bundles came that this process handed over.</summary>
internal static class FunnelApi
{
    public static void MapFunnel(this IEndpointRouteBuilder routes) => routes.MapGet("/funnel", Read);

    private static Results<Ok<Funnel>, ProblemHttpResult> Read(IServiceProvider services, LandRateLabel label) =>
        services.GetService<FunnelSource>() is { } source
            ? TypedResults.Ok(Funnel.Of(source(), label.Text))
            : Problems.Missing(
                "No funnel",
                "This host sends nothing to a block engine (Execution:Mode Paper), so there is nothing to count. "
                + "Start it with --Execution:Mode Simulated; what became of paper orders stands in /v1/overview.");
}
