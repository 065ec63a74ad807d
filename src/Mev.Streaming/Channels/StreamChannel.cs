using Mev.Contracts.V1.Streams;
using Mev.Streaming.Connections;

namespace Mev.Streaming.Channels;

/// <summary>Numbered messages under a name. (epoch, number) names one message for ever.</summary>
/// <param name="name">What clients subscribe to.</param>
/// <param name="epoch">16 bytes: where its numbers come from. Another one when they begin anew.</param>
public abstract class StreamChannel(string name, ReadOnlyMemory<byte> epoch)
{
    /// <summary>Bytes of an epoch.</summary>
    public const int EpochBytes = 16;

    /// <summary>What clients subscribe to.</summary>
    public string Name => name;

    /// <summary>Where its numbers come from.</summary>
    public ReadOnlyMemory<byte> Epoch => epoch;

    /// <summary>What a client that does not keep up gets.</summary>
    public abstract Class Class { get; }

    /// <summary>A subscription as asked for, and its answer; null with the error where it is refused.</summary>
    internal abstract Subscription? Subscribe(Subscribe request, out Subscribed answer, out string error);
}
