using System.Runtime.CompilerServices;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>
/// A compact recording as a feed: the recorded batches again, each one drain where the pump goes in lock-step. Its
/// batches arrive when the recorded ones did, with the recorded times; at a speed, from now on and that much faster.
/// </summary>
public sealed class CompactFeed : IMarketFeed
{
    private readonly CompactRecording _recording;
    private readonly double _speed;
    private readonly TimeProvider _time;

    /// <summary>A feed over a file.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="speed">Times real time; 0 is as fast as possible.</param>
    /// <param name="time">Paces the reading.</param>
    /// <exception cref="FeedException">The file is no compact recording.</exception>
    public CompactFeed(string path, double speed, TimeProvider time)
    {
        (_recording, _speed, _time) = (CompactRecording.Open(path), speed, time);
        Identity = $"recording {RecordedFile.Identify(path)}";
    }

    /// <inheritdoc/>
    public string Description => $"recording {Path.GetFileName(_recording.Path)} of {_recording.Description}";

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public ulong? BatchesTotal => _recording.Batches;

    /// <inheritdoc/>
    public bool HasWholeTransactions => _recording.HasWholeTransactions;

    /// <summary>It holds the drains of a conflating run.</summary>
    public bool HasDrains => _recording.HasDrains;

    /// <summary>The drains in their order; read while the feed is read.</summary>
    /// <exception cref="FeedException">The recording is damaged; what came before is right.</exception>
    public IEnumerable<DrainBounds> Drains() => _recording.Drains();

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> Read(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pace = new RecordingPace(_speed, _time);
        long? firstNs = null;
        foreach (var batch in _recording.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!pace.IsPaced)
            {
                yield return batch;
                continue;
            }
            firstNs ??= batch.ArrivedNs;
            var since = TimeSpan.FromMicroseconds((batch.ArrivedNs - firstNs.Value) / 1e3);
            var due = await pace.Until(since, _recording.Path, "batch", batch.Cursor.Position, cancellationToken);
            yield return batch with { ArrivedNs = due };
        }
    }
}
