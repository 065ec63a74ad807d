using System.Diagnostics;
using Mev.Control.Commands;
using Mev.Grains.Abstractions.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Mev.Gateway.Commands;

/// <summary>Everything signed, by the paths of <see cref="CommandEndpoints"/>.</summary>
internal static class CommandsApi
{
    private const string AcceptSignature =
        "cmd=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"content-type\" \"idempotency-key\")"
        + ";alg=\"ed25519\";tag=\"mev-cmd-v1\"";

    private const string ProblemType = "application/problem+json";
    private const string BodyType = "application/json";

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        Map(routes, CommandEndpoints.Commands, CommandLimits.Commands, "A signed command; 'op' in the body names it.");
        Map(routes, CommandEndpoints.Stop, CommandLimits.Stop, "Stops submitting at once: one signature is enough.");
        Map(routes, CommandEndpoints.Genesis, CommandLimits.Commands, "Begins a cluster: two admins of its root.");
        Map(
            routes, CommandEndpoints.Sessions, CommandLimits.Commands,
            "session.create registers a session's key; session.open answers a token to read with.");
        Map(
            routes, CommandEndpoints.StreamTickets, CommandLimits.Commands,
            "stream.ticket answers a ticket that opens one stream within 30 s.");
    }

    /// <summary>A refusal as a problem with its stable code; never the body or the signature of the request.</summary>
    public static IResult Problem(HttpContext context, CommandAnswer answer)
    {
        if (answer.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers["Accept-Signature"] = AcceptSignature;
        if (answer.Status is StatusCodes.Status409Conflict or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "1";
        return Results.Problem(
            answer.Detail, statusCode: answer.Status, title: answer.Code.Replace('_', ' '),
            type: $"urn:mev:error:{answer.Code}",
            extensions: new Dictionary<string, object?>
            {
                ["code"] = answer.Code,
                ["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            });
    }

    /// <summary>
    /// Reads what is to be judged before it takes anybody's place: who sends a body slowly keeps no stop waiting.
    /// </summary>
    public static void UseReceivedCommands(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (HttpMethods.IsPost(method) && CommandEndpoints.All.Contains(path))
            context.Features.Set(await ReceivedRequest.TryRead(context));
        await next(context);
    });

    private static void Map(IEndpointRouteBuilder routes, string path, string limit, string summary) =>
        routes.MapPost(path, Take)
            .RequireRateLimiting(limit)
            .WithTags("commands")
            .WithSummary(summary)
            .WithDescription(
                "Signed as RFC 9421 and RFC 9530 say, profile mev-cmd-v1 (docs/control-plane.md). Answers a receipt "
                + "with the leaf of the log that the command is; a repeat with the same idempotency key its bytes.")
            .Produces<CommandReceipt>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Take(HttpContext context, CommandDesk desk)
    {
        var received = context.Features.GetRequiredFeature<ReceivedCommand>();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var answer = received.Request is { } request
            ? await desk.Take(request, address, context.RequestAborted)
            : CommandDesk.Refusal(
                received.Refusal ?? CommandRefusal.MalformedRequest,
                "the request's body cannot be read as it says it is, or took too long");
        if (answer.Body.IsEmpty) return Problem(context, answer);
        if (answer.IsReplayed) context.Response.Headers["Idempotency-Replayed"] = "true";
        context.Response.StatusCode = answer.Status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = answer.Status < StatusCodes.Status400BadRequest ? BodyType : ProblemType;
        context.Response.Headers.ContentLength = answer.Body.Length;
        return new Written(answer.Body);
    }

    /// <summary>The exact bytes that the ledger has.</summary>
    private sealed class Written(ReadOnlyMemory<byte> body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext) =>
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
