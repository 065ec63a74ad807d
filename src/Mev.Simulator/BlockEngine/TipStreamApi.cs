using System.Net.WebSockets;
using System.Text;

namespace Mev.Simulator.BlockEngine;

/// <summary>
/// The tips that landed lately as a stream over a web socket, on the ports of the regions: at once, and again after
/// each interval. What the client says is not read.
/// </summary>
internal static class TipStreamApi
{
    public static void MapTipStream(this WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/api/v1/bundles/tip_stream", Stream);
    }

    private static async Task Stream(
        HttpContext context, TipFloor floor, BlockEngineOptions options, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        if (context.Features.Get<EngineRegion>() is null || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            while (true)
            {
                await socket.SendAsync(
                    Encoding.UTF8.GetBytes(floor.Json), WebSocketMessageType.Text, endOfMessage: true, end.Token);
                await Task.Delay(options.TipStreamInterval, time, end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the client left, or the host ends
        }
    }
}
