using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Paper;

/// <summary>
/// The events of one batch that is being made, with the bytes that they point to; the buffers are used again for the
/// next one.
/// </summary>
internal sealed class EventBuffer
{
    private FeedEvent[] _events = new FeedEvent[32];
    private int _count;
    private byte[] _bytes = new byte[16 << 10];
    private int _used;

    /// <summary>The events so far, valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<FeedEvent> Events => _events.AsMemory(0, _count);

    /// <summary>Begins the next batch.</summary>
    public void Clear() => (_count, _used) = (0, 0);

    /// <summary>A place to come back to.</summary>
    public int Mark() => _count;

    /// <summary>Drops the events after a mark.</summary>
    public void Rewind(int mark) => _count = mark;

    /// <summary>Appends an event.</summary>
    public void Add(in FeedEvent item)
    {
        if (_count == _events.Length) Array.Resize(ref _events, 2 * _count);
        _events[_count++] = item;
    }

    /// <summary>Appends an account write.</summary>
    public void Add(in AccountWrite write) => Add(FeedEvent.Of(write));

    /// <summary>
    /// A copy of the bytes that lives as long as the batch. A buffer that is full is left to the slices given out and
    /// replaced by a larger one.
    /// </summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> data)
    {
        if (_bytes.Length - _used < data.Length)
        {
            _bytes = new byte[Math.Max(2 * _bytes.Length, data.Length)];
            _used = 0;
        }
        data.CopyTo(_bytes.AsSpan(_used));
        var copy = _bytes.AsMemory(_used, data.Length);
        _used += data.Length;
        return copy;
    }
}
