using Grpc.Core;
using Mev.Contracts.V1.Streams;
using Mev.Gateway.Sessions;
using Mev.Streaming.Connections;
using Mev.Streaming.Frames;
using Microsoft.Extensions.Options;

namespace Mev.Gateway.Streams.Transports;

/// <summary>The same over gRPC: the request has the subscriptions, each answer is what a frame would hold.</summary>
internal sealed class GrpcStream(
    StreamHub hub, StreamChannels channels, IStreamAdmission admission, IOptions<StreamOptions> options)
    : StreamService.StreamServiceBase
{
    private const int SubscriptionsMax = 32;

    public override async Task Subscribe(
        SubscribeRequest request, IServerStreamWriter<SubscribeResponse> responseStream, ServerCallContext context)
    {
        if (request.Subscriptions.Count is 0 or > SubscriptionsMax)
            throw Refused(StatusCode.InvalidArgument, $"1 to {SubscriptionsMax} subscriptions in a request");
        if (!hub.TryEnter())
            throw Refused(StatusCode.ResourceExhausted, "all places are taken, or the host ends (Streams:ClientsMax)");
        var session = new StreamSession(
            context.Peer, Bounds(), channels, admission, hub.Now);
        try
        {
            hub.Add(session);
            var hello = request.Hello ?? new Hello { Protocol = 1 };
            if (hello.Ticket.Length == 0) hello.Ticket = Bearer.Of(context.GetHttpContext().Request);
            session.Receive(new ClientMessage { Hello = hello }, hub.Now);
            foreach (var subscription in request.Subscriptions)
                session.Receive(new ClientMessage { Subscribe = subscription }, hub.Now);
            await Write(responseStream, session, context.CancellationToken);
        }
        finally
        {
            hub.Leave(session);
        }
    }

    private StreamSessionBounds Bounds() => StreamApi.Bounds(options.Value) with
    {
        MessagesPerSecondMax = SubscriptionsMax + 1, // the request's own
        PingInterval = TimeSpan.MaxValue, // HTTP/2 has its own
    };

    private async Task Write(
        IServerStreamWriter<SubscribeResponse> answers, StreamSession session, CancellationToken cancellationToken)
    {
        using var frame = new FrameBuffer();
        while (true)
        {
            var beat = hub.NextBeat;
            frame.Clear();
            await session.Fill(frame, hub.Now, cancellationToken);
            if (frame.Length > 0)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(options.Value.SendTimeout);
                await answers.WriteAsync(
                    new SubscribeResponse { Messages = { ServerFrame.Read(frame.Written) } }, limit.Token);
            }
            if (session.Close is { } close) throw Refused(StatusOf(close), $"{close.Code} {close.Reason}");
            if (!frame.IsFull && !session.HasMore) await beat.WaitAsync(cancellationToken);
        }
    }

    private static StatusCode StatusOf(StreamClose close) => close.Code switch
    {
        4003 or 4004 => StatusCode.Unauthenticated,
        4006 or 4008 => StatusCode.ResourceExhausted,
        4005 or 4009 => StatusCode.Unavailable,
        _ => StatusCode.InvalidArgument,
    };

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
