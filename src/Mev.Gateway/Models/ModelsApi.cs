using System.Collections.Immutable;
using Mev.Grains.Abstractions.Learning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Models;

/// <summary><c>/v1/models</c>: which model gives offsets, and which files a command may put in its place.</summary>
internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder routes) => routes.MapGet("/models", Read);

    private static async Task<Ok<ModelsBody>> Read(IGrainFactory grains)
    {
        var models = grains.GetGrain<IModelGrain>(ModelKeys.Offset);
        return TypedResults.Ok(new ModelsBody(await models.Current(), await models.Files()));
    }

    internal sealed record ModelsBody(ModelView Offset, ImmutableArray<ModelFileView> Files);
}
