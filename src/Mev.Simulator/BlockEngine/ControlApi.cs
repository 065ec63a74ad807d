using System.Text.Json;
using System.Text.Json.Serialization;
using Mev.Simulator.Chain;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// Turns the switches while it runs, on the ports of the regions: <c>GET</c> and <c>PUT /control/switches</c> with the
/// members of <see cref="EngineSwitches"/>, <c>POST /control/fork/n</c>, <c>POST /control/results/cut</c>, and
/// <c>GET /control/transcript</c> for the hash so far.
/// </summary>
internal static class ControlApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    public static void MapControl(this IEndpointRouteBuilder app)
    {
        var control = app.MapGroup("/control").AddEndpointFilter(async (context, next) =>
            context.HttpContext.Features.Get<EngineRegion>() is null ? Results.NotFound() : await next(context));
        control.MapGet("/switches", (HttpContext context) => Results.Json(RegionOf(context).Switches, Json));
        control.MapPut("/switches", (Delegate)Replace); // not a RequestDelegate, whose result nobody reads
        control.MapPost("/fork/{slots:int:min(0):max(32)}", (int slots, SimulatedChain chain) =>
        {
            lock (chain.Gate) chain.Blocks.ForkNext = slots;
        });
        control.MapPost("/results/cut", (HttpContext context, ResultStreams results) => results.Cut(RegionOf(context)));
        control.MapGet("/transcript", (EngineTranscript transcript) => $"{transcript.Hash}");
    }

    private static async Task<IResult> Replace(HttpContext context)
    {
        try
        {
            var switches = await JsonSerializer.DeserializeAsync<EngineSwitches>(
                context.Request.Body, Json, context.RequestAborted);
            if (switches is not { ChainTicksPerAuction: >= 1, StatusLagSlots: >= 0 })
                return Results.BadRequest("a switch is out of its range");
            RegionOf(context).Switches = switches;
            return Results.NoContent();
        }
        catch (JsonException e)
        {
            return Results.BadRequest(e.Message);
        }
    }

    private static EngineRegion RegionOf(HttpContext context) => context.Features.Get<EngineRegion>()
        ?? throw new InvalidOperationException("the filter lets none without a region pass");
}
