using System.Globalization;
using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Gateway.Sessions;
using Mev.Gateway.Wire;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams.Transports;

/// <summary>
/// One channel as server-sent events, for curl: the id of an event is the place to go on from, <c>Last-Event-ID</c>
/// goes on there, a comment each second says that it is alive.
/// </summary>
internal static class EventStream
{
    private const int BehindNumbersMax = 10 * EventPace.PerSecondMax;
    private const int SubscriptionId = 1;
    private const string LastEventId = "Last-Event-ID";

    public static async Task<IResult> Serve(
        HttpContext context, string? channel, string? from, StreamHub hub, StreamChannels channels,
        IStreamAdmission admission, IOptions<StreamOptions> options, TimeProvider time)
    {
        if (!StreamApi.IsAllowed(context.Request, options.Value)) return StreamApi.Foreign();
        if (Request(channel, from, context.Request.Headers[LastEventId]) is not { } request)
        {
            return Problems.Bad(
                "Not a place in a channel",
                "channel is needed; from is a number, and Last-Event-ID the id of an event, as in EPOCH:12");
        }
        if (!hub.TryEnter()) return StreamApi.Busy();
        var bounds = StreamApi.Bounds(options.Value) with
        {
            BehindNumbersMax = BehindNumbersMax,
            PingInterval = TimeSpan.MaxValue, // nobody could answer
        };
        var session = new StreamSession(context.Connection.Id, bounds, channels, admission, hub.Now);
        try
        {
            hub.Add(session);
            var hello = new Hello { Protocol = 1, Ticket = Bearer.Of(context.Request) };
            session.Receive(new ClientMessage { Hello = hello }, hub.Now);
            session.Receive(new ClientMessage { Subscribe = request }, hub.Now);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache,no-store";
            await context.Response.WriteAsync("retry: 1000\n\n", context.RequestAborted);
            await Write(context, session, hub, channel!, time);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client is gone
        }
        finally
        {
            hub.Leave(session);
        }
        return Results.Empty;
    }

    private static async Task Write(
        HttpContext context, StreamSession session, StreamHub hub, string channel, TimeProvider time)
    {
        using var frame = new FrameBuffer();
        var (text, place, pace) = (new StringBuilder(), new EventPlace(), new EventPace(time));
        while (true)
        {
            var beat = hub.NextBeat;
            frame.Clear();
            await session.Fill(frame, hub.Now, context.RequestAborted);
            foreach (var message in ServerFrame.Read(frame.Written))
            {
                if (pace.Wait > TimeSpan.Zero)
                {
                    await Flush(context, text); // may have taken as long as there was to wait
                    var left = pace.Wait;
                    if (left > TimeSpan.Zero) await Task.Delay(left, time, context.RequestAborted);
                }
                place.Append(text, channel, message);
                pace.Sent();
            }
            if (session.Close is { } close)
            {
                text.Append("event: ").Append(close.Reason.Split(' ')[0]).Append("\ndata: ").Append(close.Code)
                    .Append("\n\n");
            }
            if (text.Length > 0) await Flush(context, text);
            if (session.Close is not null) return;
            if (!frame.IsFull && !session.HasMore) await beat.WaitAsync(context.RequestAborted);
        }
    }

    private static async Task Flush(HttpContext context, StringBuilder text)
    {
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        text.Clear();
    }

    private static Subscribe? Request(string? channel, string? from, string? lastEventId)
    {
        if (string.IsNullOrEmpty(channel)) return null;
        var request = new Subscribe { Id = SubscriptionId, Channel = channel };
        if (!string.IsNullOrEmpty(lastEventId))
        {
            if (EventPlace.Parse(lastEventId) is not { } resume) return null;
            request.Resume = resume;
        }
        else if (from is not null)
        {
            if (!ulong.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            request.Filter = new RecordFilter { FromSeq = number }.ToByteString();
        }
        return request;
    }
}
