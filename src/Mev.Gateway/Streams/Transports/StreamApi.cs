using System.Threading.RateLimiting;
using Mev.Gateway.Wire;
using Mev.Streaming.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams.Transports;

/// <summary><c>/v1/stream</c>: the web socket, server-sent events, and the service over gRPC.</summary>
internal static class StreamApi
{
    public const string ConnectLimit = "stream";
    private const string Subprotocol = "mev.v1";
    private static readonly TimeSpan ConnectWindow = TimeSpan.FromMinutes(5);

    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/stream", WebSocket).RequireRateLimiting(ConnectLimit).ExcludeFromDescription();
        routes.MapGet("/v1/stream/sse", EventStream.Serve).RequireRateLimiting(ConnectLimit)
            .WithTags("streams").WithSummary("One channel as server-sent events (docs/streaming.md).");
        routes.MapGrpcService<GrpcStream>().RequireRateLimiting(ConnectLimit);
    }

    public static IServiceCollection AddConnectLimit(this IServiceCollection services) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(ConnectLimit, Partition);
        });

    /// <summary>What a transport allows its client, by the options.</summary>
    public static StreamSessionBounds Bounds(StreamOptions options) =>
        new() { BehindBytesMax = options.BehindBytesMax };

    /// <summary>Whether a browser's page may open a stream: only pages that it comes from say an origin.</summary>
    public static bool IsAllowed(HttpRequest request, StreamOptions options)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || options.AllowedOrigins.Contains(origin)
            || origin == $"{request.Scheme}://{request.Host}";
    }

    public static IResult Busy() => Problems.Away(
        "No place for a stream", "all places for clients of streams are taken, or the host ends (Streams:ClientsMax)");

    public static IResult Foreign() => TypedResults.Problem(
        "a page of this origin may not read streams (Streams:AllowedOrigins)",
        statusCode: StatusCodes.Status403Forbidden, title: "Origin not allowed");

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<StreamOptions>>().Value;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return RateLimitPartition.GetFixedWindowLimiter(address, _ => new()
        {
            PermitLimit = options.ConnectsPerFiveMinutes,
            Window = ConnectWindow,
            QueueLimit = 0,
        });
    }

    private static async Task<IResult> WebSocket(
        HttpContext context, StreamHub hub, StreamChannels channels, IStreamAdmission admission,
        IOptions<StreamOptions> options, TimeProvider time)
    {
        var sockets = context.WebSockets;
        if (!sockets.IsWebSocketRequest || !sockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            return Problems.Bad(
                "Not a stream", $"/v1/stream is a web socket of the subprotocol {Subprotocol} (docs/streaming.md)");
        }
        if (!IsAllowed(context.Request, options.Value)) return Foreign();
        if (!hub.TryEnter()) return Busy();
        StreamSession? session = null;
        try
        {
            using var socket = await sockets.AcceptWebSocketAsync(
                new WebSocketAcceptContext { SubProtocol = Subprotocol, KeepAliveInterval = TimeSpan.Zero });
            session = new StreamSession(
                context.Connection.Id, Bounds(options.Value), channels, admission, hub.Now);
            hub.Add(session);
            using var stream = new WebSocketStream(socket, session, hub, options.Value.SendTimeout, time);
            await stream.Run(context.RequestAborted);
        }
        finally
        {
            hub.Leave(session);
        }
        return Results.Empty;
    }
}
