using System.Threading.Channels;

namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Where observations wait for their reader, bounded. Nothing is kept before somebody reads.</summary>
internal sealed class ObservationChannel(int most)
{
    private readonly Channel<Observation> _channel = Channel.CreateBounded<Observation>(
        new BoundedChannelOptions(Math.Max(1, most)) { SingleReader = true });
    private volatile bool _isRead;

    /// <summary>Somebody reads, so it is worth telling.</summary>
    public bool IsRead => _isRead;

    /// <summary>The session's side: a write that finds no room is told by a break once there is some.</summary>
    public ChannelWriter<Observation> Writer => _channel.Writer;

    /// <summary>The reader's side.</summary>
    public ChannelReader<Observation> Read()
    {
        _isRead = true;
        return _channel.Reader;
    }
}
