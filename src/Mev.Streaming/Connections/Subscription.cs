using Mev.Contracts.V1.Streams;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Streaming.Connections;

/// <summary>One client's place in one channel. For one caller at a time.</summary>
internal abstract class Subscription(uint id)
{
    public uint Id => id;

    /// <summary>The channel's name.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Nothing follows any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Numbers of a log that are read at once; the more subscriptions, the fewer for each.</summary>
    public int PageNumbersMax { get; set; } = 1;

    /// <summary>It stopped in the middle for others' sake: there is more to be had at once.</summary>
    public bool HasMore { get; protected set; }

    /// <summary>Up to where the client has everything; null before anything.</summary>
    public abstract ulong? Position { get; }

    /// <summary>Puts what comes next into the frame, as far as it goes.</summary>
    /// <exception cref="ChannelUnavailableException">The channel's log cannot be read now.</exception>
    public abstract ValueTask Fill(FrameBuffer frame, StreamMessage?[] scratch, CancellationToken cancellationToken);

    /// <summary>What of the live end the client has yet to get; nothing while it is still led up to it.</summary>
    public virtual (ulong Numbers, long Bytes) Behind => default;

    /// <summary>Puts the check of a state that the client has to the end; false when the frame is full.</summary>
    public virtual bool TryCheck(FrameBuffer frame) => true;

    protected bool TryTellGap(FrameBuffer frame, ulong from, ulong to, Reason reason) => frame.TryAppend(
        new ServerMessage { Id = Id, Seq = to, Gap = new Gap { From = from, To = to, Reason = reason } });
}
