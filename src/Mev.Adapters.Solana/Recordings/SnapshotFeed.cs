using System.Runtime.CompilerServices;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// A whole market at one slot, from a snapshot file: startup values in batches of <see cref="AccountsPerBatch"/>, then
/// one batch with the end of the snapshot and the slot as processed. Nothing happens afterwards: it shows every cycle
/// that pays at that slot.
/// </summary>
public sealed class SnapshotFeed : IMarketFeed
{
    /// <summary>Accounts in one batch; a tick array has 9,988 bytes.</summary>
    public const int AccountsPerBatch = 512;

    private readonly string _path;
    private readonly SnapshotReader _reader;
    private readonly TimeProvider _time;
    private readonly BatchCount _batches;

    /// <summary>A feed over a snapshot file whose name holds its slot.</summary>
    /// <exception cref="FeedException">The file is not there, or its name holds no slot.</exception>
    public SnapshotFeed(string path, TimeProvider time)
    {
        if (!File.Exists(path)) throw new FeedException($"snapshot {path} is no file: name a .csv or .csv.gz file");
        (_path, _time, _reader) = (path, time, new SnapshotReader(path));
        _batches = new BatchCount(Count);
        Identity = $"snapshot {RecordedFile.Identify(path)}";
    }

    /// <inheritdoc/>
    public string Description => $"snapshot {Path.GetFileName(_path)}";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>Batches of the snapshot; null until they are counted, and when it cannot be read.</summary>
    public ulong? BatchesTotal => _batches.Value;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var cursor = new FeedCursor(0, _reader.Slot, 0);
        var any = false;
        foreach (var accounts in _reader.Read().Select(Kept).Chunk(AccountsPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            yield return Next(ref cursor, accounts);
        }
        if (!any) throw new FeedException($"{_path} holds no account: get the snapshot again");
        cancellationToken.ThrowIfCancellationRequested();
        var parent = new Slot(Math.Max(_reader.Slot.Value, 1) - 1);
        yield return Next(ref cursor,
        [
            FeedEvent.SnapshotComplete(_reader.Slot),
            FeedEvent.SlotIs(SlotStatus.Processed, _reader.Slot, parent),
        ]);
    }

    private FeedBatch Next(ref FeedCursor cursor, FeedEvent[] events)
    {
        cursor = cursor with { Position = cursor.Position + 1 };
        return new FeedBatch(cursor, _time.UnixNs(), events);
    }

    // The reader's bytes last until its next account only.
    private static FeedEvent Kept(AccountWrite write) => FeedEvent.Of(write with { Data = write.Data.ToArray() });

    private ulong? Count()
    {
        try
        {
            using var lines = new RecordingLines(_path);
            var accounts = 0UL;
            while (lines.TryRead(out _)) accounts++;
            return (accounts + AccountsPerBatch - 1) / AccountsPerBatch + 1;
        }
        catch (FeedException)
        {
            return null;
        }
    }
}
