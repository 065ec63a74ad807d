namespace Mev.Streaming.Channels;

/// <summary>Finds channels by name, and may make them for who asks.</summary>
public interface IChannelDirectory
{
    /// <summary>The channel; null when there is none of that name.</summary>
    /// <exception cref="ChannelUnavailableException">It cannot be read now.</exception>
    ValueTask<StreamChannel?> Find(string name, CancellationToken cancellationToken = default);
}
