using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;
using Mev.Grains.Abstractions.Shards;
using Mev.Grains.Shards;
using Microsoft.Extensions.Logging;

namespace Mev.Grains.Feed;

/// <summary>
/// Lets every shard of this silo evaluate what the feed has brought, and makes one batch of what they find. The feed's
/// side says how far it is; one drain goes on at a time, in lock-step or beside the feed. A shard that the silo comes
/// to own has everything in its mailbox that it did not see here.
/// </summary>
internal sealed partial class ShardDrains(
    MarketShards shards, ShardOwners owners, FeedProgress progress, IGrainFactory grains, TimeProvider time,
    ILogger<ShardDrains> logger)
{
    /// <summary>How often a shard is asked for one drain, each time as long as a grain call may take.</summary>
    public const int AttemptsMax = 10;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private long _drains = owners.FirstDrain;
    private long _late;
    private DrainPoint _point = new(default, default);
    private FeedCursor _reached; // of the batch that is being taken, ahead of _point
    private ulong[] _cuts = [];

    /// <summary>How far the feed was taken.</summary>
    public FeedCursor Cursor => Volatile.Read(ref _point).Cursor;

    /// <summary>What became of all candidates so far.</summary>
    public DrainCounts Counts { get; private set; }

    /// <summary>By shard, the parts of the feed that were shown to the last drain.</summary>
    public ReadOnlySpan<ulong> Cuts => _cuts;

    /// <summary>The chain's time that the last drain quoted at.</summary>
    public ChainClock DrainedClock { get; private set; }

    /// <summary>The cursor of the last drain.</summary>
    public FeedCursor DrainedTo { get; private set; }

    /// <summary>Drains that a shard did not answer in time, and was asked for again.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>The feed begins to take a batch: from now on a drain may see states of it.</summary>
    public void Begin(FeedCursor batch)
    {
        lock (_gate) _reached = batch;
    }

    /// <summary>The feed has taken a batch.</summary>
    public void End(FeedCursor batch, ChainClock clock) => Volatile.Write(ref _point, new DrainPoint(batch, clock));

    /// <summary>
    /// What is to be decided upon, or null. Shards see the newest states, of batches also that are taken meanwhile; the
    /// cursor covers them all, so that no restart decides upon one of them again.
    /// </summary>
    /// <exception cref="TimeoutException">A shard did not answer however often it was asked.</exception>
    public async Task<OpportunityBatch?> Drain(CancellationToken cancellationToken)
    {
        var point = Volatile.Read(ref _point);
        var own = Own();
        var drains = new Task<OpportunityBatch>[own.Length];
        for (var i = 0; i < drains.Length; i++) drains[i] = Drain(own[i], point, cancellationToken);
        var batches = await Task.WhenAll(drains);
        FeedCursor reached;
        lock (_gate) reached = _reached;
        for (var i = 0; i < batches.Length; i++) _cuts[own[i]] = batches[i].Shown;
        (DrainedClock, DrainedTo) = (point.Clock, reached);
        return Merge(batches, reached);
    }

    /// <summary>
    /// Repeats a recorded drain: each shard evaluates when exactly those parts of the feed were shown that it saw then.
    /// </summary>
    /// <param name="drain">What is repeated.</param>
    /// <param name="showTo">Shows parts of the feed up to a number of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FeedException">It was recorded with another number of shards.</exception>
    public async Task<OpportunityBatch?> Repeat(
        DrainBounds drain, Func<ulong, Task> showTo, CancellationToken cancellationToken)
    {
        await showTo(drain.Cuts.Min()); // the first one is of a layout that comes with the feed
        var own = Own();
        if (drain.Cuts.Length != own.Length)
        {
            throw new FeedException(
                $"the recording's drains are of {drain.Cuts.Length} market shards and here are {own.Length}: set "
                + $"Trading:Shards {drain.Cuts.Length}");
        }
        var point = new DrainPoint(drain.Reached, drain.Clock);
        var batches = new OpportunityBatch[own.Length];
        foreach (var i in Enumerable.Range(0, own.Length).OrderBy(shard => drain.Cuts[shard]))
        {
            await showTo(drain.Cuts[i]);
            batches[i] = await Drain(own[i], point, cancellationToken);
        }
        return Merge(batches, drain.Reached);
    }

    /// <summary>A new drain of the shards that are this silo's.</summary>
    private ImmutableArray<int> Own()
    {
        _drains++;
        var own = owners.Mine(shards.All.Count);
        if (_cuts.Length != shards.All.Count) _cuts = new ulong[shards.All.Count];
        return own;
    }

    private OpportunityBatch? Merge(OpportunityBatch[] batches, FeedCursor cursor)
    {
        List<OpportunityBatch>? found = null;
        var counts = default(DrainCounts);
        foreach (var batch in batches)
        {
            counts += batch.Counts;
            if (batch.Opportunities.Length > 0) (found ??= []).Add(batch);
        }
        Counts += counts;
        if (found is null) return null;
        if (counts.Listed > 0)
            progress.List(found.SelectMany(batch => batch.Opportunities).Where(o => o.BaseMint != Mints.Wsol));
        var merged = DecidableBatch.Merge(cursor, found) with { Counts = counts };
        if (merged.Opportunities.Length > 0) return merged;
        DecidableBatch.Release(merged);
        return null;
    }

    /// <summary>Lets every shard evaluate and drops what is found.</summary>
    public async Task Drop(CancellationToken cancellationToken)
    {
        if (await Drain(cancellationToken) is { } found) DecidableBatch.Release(found);
    }

    /// <summary>
    /// A shard that did not answer in time may have drained, or may still: asked again by the drain's number, it
    /// answers what it found then. One whose silo has just died is found in another as soon as that is known.
    /// </summary>
    private async Task<OpportunityBatch> Drain(int shard, DrainPoint point, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await grains.GetGrain<IMarketShardGrain>(shard).Drain(_drains, point.Cursor, point.Clock);
            }
            catch (Exception failure) when (attempt < AttemptsMax
                && failure is TimeoutException or OrleansMessageRejectionException)
            {
                Interlocked.Increment(ref _late);
                LogLate(shard, attempt, AttemptsMax);
                progress.Tell($"market shard {shard} does not answer (attempt {attempt} of {AttemptsMax})");
            }
            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private sealed record DrainPoint(FeedCursor Cursor, ChainClock Clock);

    [LoggerMessage(1045, LogLevel.Warning,
        "Market shard {Shard} did not answer in time, attempt {Attempt} of {AttemptsMax}: it is asked again")]
    private partial void LogLate(int shard, int attempt, int attemptsMax);
}
