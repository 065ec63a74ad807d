using System.Diagnostics.Metrics;
using Mev.Adapters.Paper;
using Mev.Adapters.Paper.Generation;
using Mev.Adapters.Solana.Recordings;
using Mev.Adapters.Solana.Recordings.Compact;
using Mev.Adapters.Solana.Yellowstone;
using Mev.Domain.Feed;
using Mev.Grains.Feed;
using Microsoft.Extensions.Options;

namespace Mev.DevHost;

/// <summary>Makes the feed that the options name, and says why it is that one.</summary>
internal sealed class FeedChoice(
    IOptions<FeedOptions> options, IOptions<FeedPumpOptions> pump, IOptions<GeneratedFeedOptions> generator,
    TimeProvider time, IMeterFactory meters, Lazy<YellowstoneFeed> yellowstone)
{
    private readonly Lock _gate = new();
    private IMarketFeed? _feed;

    /// <summary>The one feed, recorded where that is asked for.</summary>
    public IMarketFeed Make()
    {
        lock (_gate) return _feed ??= Made();
    }

    /// <summary>What records or repeats the drains of a conflating run, where this is one.</summary>
    /// <param name="paper">Who takes the orders on paper; null elsewhere.</param>
    public DrainTape Tape(PaperMarket? paper) => new(
        Make() is RecordedFeed recorded && pump.Value.Pace == DrainPace.Conflate
            ? new DrainRecording(recorded.Note, recorded.Close)
            : null,
        Make() is CompactFeed { HasDrains: true } repeated ? repeated.Drains : null,
        paper is null ? null : new OrderIntake(() => paper.Taken, paper.Hold, paper.HandIn));

    private IMarketFeed Made() => options.Value.RecordTo is { Length: > 0 } path
        ? new RecordedFeed(Chosen(), path, holdsDrains: pump.Value.Pace == DrainPace.Conflate)
        : Chosen();

    private IMarketFeed Chosen() => options.Value.Source switch
    {
        FeedSource.Snapshot => new SnapshotFeed(options.Value.RecordingPath, time),
        FeedSource.Day => Day(),
        FeedSource.Yellowstone => yellowstone.Value,
        _ when IsRecording && CompactRecording.IsOne(options.Value.RecordingPath) =>
            new CompactFeed(options.Value.RecordingPath, options.Value.RecordingSpeed, time),
        _ when IsRecording => new RecordingFeed(Recording, time),
        _ => new GeneratedFeed(generator.Value, time),
    };

    /// <summary>For people: which feed, and what it was chosen by.</summary>
    public string Reason => (options.Value.Source, IsRecording) switch
    {
        (FeedSource.Auto, true) => $"the recorded day, found in {options.Value.RecordingPath}",
        (FeedSource.Auto, false) => $"the seeded generator: no recording in {options.Value.RecordingPath}",
        (FeedSource.Snapshot, _) => $"the snapshot {options.Value.RecordingPath}, as configured",
        (FeedSource.Day, _) => $"the orders of the recorded day in {options.Value.RecordingPath}, as configured",
        (FeedSource.Yellowstone, _) => $"{yellowstone.Value.Description}, as configured",
        (_, true) => $"the recording {options.Value.RecordingPath}, as configured",
        _ => "the seeded generator, as configured",
    };

    private bool IsRecording => options.Value.Source switch
    {
        FeedSource.Recording => true,
        FeedSource.Generator => false,
        _ => Path.Exists(options.Value.RecordingPath),
    };

    private RecordingSource Recording =>
        new() { Path = options.Value.RecordingPath, Speed = options.Value.RecordingSpeed };

    private DayFeed Day()
    {
        var day = new DayFeed(Recording, time);
        meters.Create("Mev").CreateObservableCounter(
            "mev.feed.orders.dropped", () => day.OrdersDropped, "{order}",
            "Recorded orders that failed and were left out.");
        return day;
    }
}
