using Mev.Journal;
using Mev.Streaming.Channels;
using Mev.Streaming.Frames;

namespace Mev.Gateway.Streams.Records;

/// <summary>
/// A channel over one partition of the log, which is read at its own position: what is new goes to the ring, and what
/// is older to whoever asks for it. Its numbers are the offsets, and its epoch is the beginning of the first record's
/// leaf hash, so both are the same after every restart.
/// </summary>
internal sealed class RecordChannel : IChannelLog
{
    private const int PageRecordsMax = 1_024;

    private readonly IPartitionedLog _log;
    private readonly LogPartition _partition;
    private readonly RecordView _view;
    private readonly List<StreamMessage?> _page = [];

    private RecordChannel(
        string name, IPartitionedLog log, LogPartition partition, RecordView view, ReadOnlyMemory<byte> epoch, long end)
    {
        (_log, _partition, _view) = (log, partition, view);
        Channel = new LosslessChannel(name, epoch, (ulong)end, this, view.HasFacts);
    }

    /// <summary>What clients subscribe to.</summary>
    public LosslessChannel Channel { get; }

    /// <summary>The channel of a name; null when there is none.</summary>
    /// <exception cref="ChannelUnavailableException">Its partition has no record yet.</exception>
    /// <exception cref="JournalUnavailableException">The log cannot be read.</exception>
    public static async ValueTask<RecordChannel?> Open(
        string name, IPartitionedLog log, CancellationToken cancellationToken)
    {
        if (RecordViews.Find(name) is not { } found) return null;
        var end = await log.End(found.Partition, cancellationToken);
        if (end == 0) throw new ChannelUnavailableException($"{found.Partition} has no record yet");
        var first = await log.Read(found.Partition, 0, 1, cancellationToken);
        var epoch = first[0].LeafHash.ToArray().AsMemory(0, StreamChannel.EpochBytes);
        return new RecordChannel(name, log, found.Partition, found.View, epoch, end);
    }

    /// <summary>Publishes a page of what became durable; false without any. For one caller at a time.</summary>
    /// <exception cref="JournalUnavailableException">The log cannot be read.</exception>
    public async ValueTask<bool> Advance(long nowMs, CancellationToken cancellationToken)
    {
        var next = (long)Channel.Next;
        if (await _log.End(_partition, cancellationToken) <= next) return false;
        var records = await _log.Read(_partition, next, PageRecordsMax, cancellationToken);
        _page.Clear();
        for (var i = 0; i < records.Count; i++) _page.Add(_view.Tell(records[i]));
        Channel.Publish(_page, nowMs);
        return _page.Count > 0;
    }

    /// <inheritdoc/>
    public async ValueTask<ChannelPage> Read(
        ulong from, int numbersMax, CancellationToken cancellationToken = default)
    {
        try
        {
            var records = await _log.Read(_partition, (long)from, numbersMax, cancellationToken);
            var messages = new StreamMessage?[records.Count];
            for (var i = 0; i < messages.Length; i++) messages[i] = _view.Tell(records[i]);
            return new ChannelPage(records.Count > 0 ? (ulong)records[0].Offset : from, messages);
        }
        catch (JournalUnavailableException failure)
        {
            throw new ChannelUnavailableException(failure.Message, failure);
        }
    }
}
