using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;

namespace Mev.Streaming.Connections;

/// <summary>What the client asks for.</summary>
public sealed partial class StreamSession
{
    private const uint ProtocolVersion = 1;

    private async ValueTask Take(ClientMessage message, StreamMoment now, CancellationToken cancellationToken)
    {
        var isHello = message.MCase == ClientMessage.MOneofCase.Hello;
        if (isHello != (_reader is null)) // first the hello, and it once
        {
            End(StreamClose.BadMessage);
            return;
        }
        switch (message.MCase)
        {
            case ClientMessage.MOneofCase.Hello:
                Greet(message.Hello, now);
                break;
            case ClientMessage.MOneofCase.Subscribe:
                await Subscribe(message.Subscribe, cancellationToken);
                break;
            case ClientMessage.MOneofCase.Unsubscribe:
                if (_subscriptions.RemoveAll(known => known.Id == message.Unsubscribe.Id) == 0)
                    Refuse(message.Unsubscribe.Id, "not_subscribed", "no subscription has this id");
                break;
            default:
                break; // a late pong
        }
    }

    private void Greet(Hello hello, StreamMoment now)
    {
        if (hello.Protocol != ProtocolVersion)
        {
            End(StreamClose.ProtocolVersion);
            return;
        }
        if (_admission.Admit(hello.Ticket) is not { } reader)
        {
            End(StreamClose.TicketInvalid);
            return;
        }
        _reader = reader;
        _answers.Enqueue(new ServerMessage
        {
            Welcome = new Welcome
            {
                Connection = _name,
                ServerTimeUs = now.UnixUs,
                MaxChannels = (uint)_bounds.ChannelsMax,
                Session = reader,
            },
        });
    }

    private async ValueTask Subscribe(Subscribe request, CancellationToken cancellationToken)
    {
        _hasSubscribed = true;
        if (_subscriptions.Count >= _bounds.ChannelsMax)
        {
            End(StreamClose.RateLimited);
            return;
        }
        if (request.Id == 0 || _subscriptions.Exists(known => known.Id == request.Id))
        {
            Refuse(request.Id, "id_taken", "the id of a subscription is not 0 and one that no other has");
            return;
        }
        if (request.Resume is { Epoch.Length: not StreamChannel.EpochBytes })
        {
            Refuse(request.Id, "bad_resume", $"an epoch has {StreamChannel.EpochBytes} bytes");
            return;
        }
        if (_subscriptions.Count(known => known.Channel == request.Channel) >= _bounds.OfChannelMax)
        {
            Refuse(
                request.Id, "channel_repeated", $"a connection has at most {_bounds.OfChannelMax} of one channel");
            return;
        }
        try
        {
            if (await _channels.Find(request.Channel, cancellationToken) is { } channel) Begin(channel, request);
            else Refuse(request.Id, "channel_unknown", "there is no such channel: docs/streaming.md lists them");
        }
        catch (ChannelUnavailableException failure)
        {
            Refuse(request.Id, "channel_unavailable", failure.Message);
        }
    }

    private void Begin(StreamChannel channel, Subscribe request)
    {
        if (channel.Subscribe(request, out var answer, out var error) is not { } subscription)
        {
            Refuse(request.Id, "bad_subscription", error);
            return;
        }
        subscription.Channel = request.Channel;
        _subscriptions.Add(subscription);
        _answers.Enqueue(new ServerMessage { Id = request.Id, Subscribed = answer });
    }

    private void Refuse(uint id, string code, string message) => _answers.Enqueue(
        new ServerMessage { Error = new Error { Code = code, Message = message, Id = id } });
}
