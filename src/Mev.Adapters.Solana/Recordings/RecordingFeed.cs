using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// A recorded stream of swaps with the account bytes that each left. The first batch holds the startup values; then
/// each transaction is one batch: slot statuses when the slot changes (the new one processed, two distinct slots
/// behind confirmed, 32 behind finalized), the block time, the order and the writes with rising write versions.
/// </summary>
public sealed class RecordingFeed : IMarketFeed
{
    /// <summary>Distinct slots from processed to confirmed.</summary>
    public const int ConfirmedBehind = 2;

    /// <summary>Distinct slots from processed to finalized.</summary>
    public const int FinalizedBehind = 32;

    /// <summary>Swaps that one transaction may hold.</summary>
    public const int SwapsPerTransactionMax = 64;

    private readonly RecordingSource _source;
    private readonly TimeProvider _time;
    private readonly string _replay;
    private readonly string _accounts;
    private readonly BatchCount _batches;

    /// <summary>A feed over a recording.</summary>
    /// <exception cref="FeedException">The recording is not there.</exception>
    public RecordingFeed(RecordingSource source, TimeProvider time)
    {
        (_source, _time) = (source, time);
        (_replay, _accounts) = RecordingFiles.Find(source);
        _batches = new BatchCount(() => ReplayCount.Batches(_replay));
        Identity = $"recording {RecordedFile.Identify(_replay)} from {RecordedFile.Identify(_accounts)}";
    }

    /// <inheritdoc/>
    public string Description => $"recording {Path.GetFileName(_replay)}";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <summary>Batches of the recording; null until they are counted, and when it cannot be read.</summary>
    public ulong? BatchesTotal => _batches.Value;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (pace, clock) = (new RecordingPace(_source.Speed, _time), new BlockClock());
        var builder = new ReplayBatches(_accounts);
        using var lines = new RecordingLines(_replay);
        var first = builder.Start(lines);
        yield return first with { ArrivedNs = pace.NowNs() };
        while (builder.TryNext(lines, out var batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var since = clock.Since(builder.Slot, builder.BlockTime);
            var due = await pace.Until(since, _replay, "line", builder.Line, cancellationToken);
            yield return batch with { ArrivedNs = due };
        }
    }
}
