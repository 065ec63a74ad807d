using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// A whole recorded day: its swap orders, executed one after the other by the exact mathematics on the accounts of a
/// state file, told in the shape of <see cref="RecordingFeed"/>. Price limits and least outputs of the orders are left
/// out: they belong to the state that the chain had, not to this one. An order that fails here is dropped and counted;
/// its transaction still is a batch.
/// </summary>
public sealed class DayFeed : IMarketFeed
{
    /// <summary>
    /// Seconds by which the orders are executed after their block times: their state is that of the day's end, and a
    /// program's clock does not run back. The recorded replay was made by the same rule.
    /// </summary>
    public const long ClockAheadSeconds = 86_400;

    private readonly RecordingSource _source;
    private readonly TimeProvider _time;
    private readonly string _blocks;
    private readonly string _state;
    private readonly BatchCount _batches;
    private long _dropped;

    /// <summary>
    /// A feed over a day: the path names its blocks (<c>*-transaction-*.jsonl.gz</c>) or a folder with them, the
    /// initial accounts its state file, by default the one beside them.
    /// </summary>
    /// <exception cref="FeedException">The recording is not there.</exception>
    public DayFeed(RecordingSource source, TimeProvider time)
    {
        (_source, _time) = (source, time);
        (_blocks, _state) = DayFiles.Find(source);
        _batches = new BatchCount(Count);
        Identity = $"recorded day {RecordedFile.Identify(_blocks)} from {RecordedFile.Identify(_state)}";
    }

    /// <inheritdoc/>
    public string Description => $"recorded day {Path.GetFileName(_blocks)}";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>Transactions and the startup batch; null until they are counted, and when they cannot be.</summary>
    public ulong? BatchesTotal => _batches.Value;

    /// <summary>Orders dropped since the feed was made, over all its readers.</summary>
    public long OrdersDropped => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (pace, clock) = (new RecordingPace(_source.Speed, _time), new BlockClock());
        var builder = new DayBatches();
        var last = default(Slot);
        foreach (var block in Blocks())
        {
            if (block.Slot <= last)
                throw new FeedException($"{_blocks}: slot {block.Slot} follows slot {last}: the order is broken");
            if (last == default)
                yield return builder.Start(_state, new Slot(block.Slot.Value - 1)) with { ArrivedNs = pace.NowNs() };
            last = block.Slot;
            for (var (start, end) = (0, 0); start < block.Swaps.Length; start = end)
            {
                end = EndOfTransaction(block, start);
                cancellationToken.ThrowIfCancellationRequested();
                var since = clock.Since(block.Slot, block.UnixTime);
                var due = await pace.Until(since, _blocks, "slot", block.Slot.Value, cancellationToken);
                var before = builder.Dropped;
                var batch = builder.Next(block, block.Swaps.AsSpan()[start..end]);
                Interlocked.Add(ref _dropped, builder.Dropped - before);
                yield return batch with { ArrivedNs = due };
            }
        }
        if (last == default) throw new FeedException($"{_blocks} holds no swap: get the recording again");
    }

    private IEnumerable<RecordedBlock> Blocks() =>
        new RecordedDayReader(_blocks).Read().Where(block => !block.Swaps.IsEmpty);

    private static int EndOfTransaction(RecordedBlock block, int start)
    {
        var end = start + 1;
        while (end < block.Swaps.Length && block.Swaps[end].Signature == block.Swaps[start].Signature) end++;
        return end;
    }

    private ulong? Count()
    {
        try
        {
            var count = 1UL;
            foreach (var block in Blocks())
                for (var start = 0; start < block.Swaps.Length; start = EndOfTransaction(block, start)) count++;
            return count;
        }
        catch (FeedException)
        {
            return null;
        }
    }
}
