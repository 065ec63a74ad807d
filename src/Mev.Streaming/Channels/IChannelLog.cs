namespace Mev.Streaming.Channels;

/// <summary>The durable past of a lossless channel.</summary>
public interface IChannelLog
{
    /// <summary>What it holds from a number on, at most so many numbers; at least one that is past.</summary>
    /// <exception cref="ChannelUnavailableException">It cannot be read now.</exception>
    ValueTask<ChannelPage> Read(ulong from, int numbersMax, CancellationToken cancellationToken = default);
}
