using System.Net;
using Mev.Control.Commands;
using Mev.Gateway.Wire;
using Mev.Journal;
using Microsoft.AspNetCore.Http;

namespace Mev.Gateway.Sessions;

/// <summary>
/// Lets nobody read without a session but what has to be read before one is opened. Denies by default: a path that is
/// not named here asks for a session. What is signed, and streams, whose first message has a ticket, ask by themselves.
/// </summary>
internal sealed class ReaderGate(RequestDelegate next, ReadSessions sessions)
{
    private static readonly string[] Open = ["/health/live", "/health/ready", "/v1/time", "/v1/start", "/v1/stream"];
    private static readonly PathString StreamService = "/mev.v1.StreamService";
    private static readonly PathString Dashboard = "/orleans";

    /// <summary>Passes the request on, or refuses it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (IsOpen(context.Request) || (IsDashboard(context) && IsHere(context.Connection)))
        {
            await next(context);
            return;
        }
        if (IsDashboard(context))
        {
            await Problems.Denied("Not from here", "the dashboard answers to loopback alone: use a tunnel")
                .ExecuteAsync(context);
            return;
        }
        try
        {
            if (await sessions.Find(Bearer.Of(context.Request), context.RequestAborted) is not null)
            {
                await next(context);
                return;
            }
        }
        catch (JournalUnavailableException failure)
        {
            await Problems.Away("No key can be trusted", failure.Message).ExecuteAsync(context);
            return;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.Unknown(
            "No session", "open a session (signed session.open to /v1/sessions, 'mevctl session open') and send its "
            + "token as Authorization: Bearer").ExecuteAsync(context);
    }

    private static bool IsOpen(HttpRequest request) =>
        (HttpMethods.IsPost(request.Method) && CommandEndpoints.All.Contains(request.Path.Value ?? ""))
        || Open.Contains(request.Path.Value)
        || request.Path.StartsWithSegments(StreamService);

    private static bool IsDashboard(HttpContext context) => context.Request.Path.StartsWithSegments(Dashboard);

    private static bool IsHere(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
