using System.Globalization;
using System.Text;
using Google.Protobuf;
using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Clients;

namespace Mev.Gateway.Streams.Transports;

/// <summary>Writes messages as events; each that a client can go on from has its epoch and number as its id.</summary>
internal sealed class EventPlace
{
    private string _epoch = "";

    /// <summary>The place that an event's id names; null when it is none.</summary>
    public static Resume? Parse(string id)
    {
        var parts = id.Split(':');
        if (parts.Length != 2 || parts[0].Length != 2 * StreamChannel.EpochBytes
            || !parts[0].All(char.IsAsciiHexDigit)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
        {
            return null;
        }
        return new Resume { Epoch = ByteString.CopyFrom(Convert.FromHexString(parts[0])), Seq = seq };
    }

    public void Append(StringBuilder text, string channel, ServerMessage message)
    {
        if (message.Heartbeat is not null)
        {
            text.Append(": alive\n\n");
            return;
        }
        if (message.Subscribed is { } subscribed) _epoch = Convert.ToHexStringLower(subscribed.Epoch.Span);
        var isPlace = message.Delta is not null || message.Gap is not null || message.Snapshot is { Last: true };
        if (isPlace) text.Append(CultureInfo.InvariantCulture, $"id: {_epoch}:{message.Seq}\n");
        text.Append("event: ").Append(Kind(message)).Append("\ndata: ").Append(ChannelJson.Of(channel, message))
            .Append("\n\n");
    }

    private static string Kind(ServerMessage message) => message.MCase.ToString().ToLowerInvariant();
}
