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

    private readonly RecordingFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly string _replay;
    private readonly string _accounts;
    private readonly Lazy<ulong?> _batches;

    /// <summary>A feed over a recording.</summary>
    /// <exception cref="FeedException">The recording is not there.</exception>
    public RecordingFeed(RecordingFeedOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        (_replay, _accounts) = RecordingFiles.Find(options);
        _batches = new Lazy<ulong?>(() => ReplayCount.Batches(_replay));
    }

    /// <inheritdoc/>
    public string Description => $"recording {Path.GetFileName(_replay)}";

    /// <summary>Batches of the recording, counted when first asked for; null when it cannot be read.</summary>
    public ulong? BatchesTotal => _batches.Value;

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pace = new RecordingPace(_options.Speed, _time);
        var builder = new ReplayBatches(_accounts);
        using var lines = new RecordingLines(_replay);
        var first = builder.Start(lines);
        yield return first with { ArrivedNs = pace.NowNs() };
        while (builder.TryNext(lines, out var batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wait = pace.WaitFor(builder.Slot, builder.BlockTime);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, _time, cancellationToken);
            yield return batch with { ArrivedNs = pace.ArrivedNs() };
        }
    }
}
