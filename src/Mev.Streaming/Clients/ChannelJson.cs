using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Mev.Contracts.V1.Streams;

namespace Mev.Streaming.Clients;

/// <summary>Messages of the server as lines of protobuf JSON, values by the channel that they are of.</summary>
public static class ChannelJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    private static readonly Dictionary<string, MessageDescriptor> Values = new()
    {
        ["decisions"] = DecisionSummary.Descriptor,
        ["submissions"] = SubmissionRecord.Descriptor,
        ["audit"] = RecordHeader.Descriptor,
        ["commands"] = CommandRecord.Descriptor,
        ["policies"] = PolicyRecord.Descriptor,
        ["alerts"] = Alert.Descriptor,
        ["posteriors"] = PosteriorState.Descriptor,
        ["strategies"] = StrategyState.Descriptor,
        ["pools"] = PoolState.Descriptor,
        ["state"] = PlatformState.Descriptor,
        ["limits"] = PolicyRecord.Descriptor,
    };

    /// <summary>One line: number, and the value, the snapshot's values, or the message itself.</summary>
    public static string Of(string channel, ServerMessage message)
    {
        var seq = message.Seq.ToString(CultureInfo.InvariantCulture);
        return message.MCase switch
        {
            ServerMessage.MOneofCase.Delta when message.Delta.Removed =>
                $$"""{"seq":"{{seq}}","removed":"{{Hex(message.Delta.Entry.Key)}}"}""",
            ServerMessage.MOneofCase.Delta =>
                $$"""{"seq":"{{seq}}","value":{{Value(channel, message.Delta.Entry.Value)}}}""",
            ServerMessage.MOneofCase.Snapshot =>
                $$"""{"seq":"{{seq}}","values":[{{string.Join(',', message.Snapshot.Entries.Select(
                    entry => Value(channel, entry.Value)))}}]}""",
            _ => Formatter.Format(message),
        };
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);

    /// <summary>A channel of another version may have values that this one does not know: their bytes then.</summary>
    private static string Value(string channel, ByteString bytes)
    {
        var name = channel.Split('/')[0];
        if (!Values.TryGetValue(name, out var descriptor)) return $"\"{bytes.ToBase64()}\"";
        try
        {
            return Formatter.Format(descriptor.Parser.ParseFrom(bytes));
        }
        catch (InvalidProtocolBufferException)
        {
            return $"\"{bytes.ToBase64()}\"";
        }
    }
}
