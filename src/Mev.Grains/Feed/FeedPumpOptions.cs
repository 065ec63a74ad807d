using System.ComponentModel.DataAnnotations;

namespace Mev.Grains.Feed;

/// <summary>Section <c>Pump</c>: how the feed is taken to the shards.</summary>
public sealed class FeedPumpOptions
{
    /// <summary>Which updates meet in one drain. Default LockStep.</summary>
    [Required, AllowedValues(DrainPace.LockStep, DrainPace.Conflate)]
    public DrainPace Pace { get; init; } = DrainPace.LockStep;

    /// <summary>
    /// While conflating, slots that the feed may go on between the drain that found an opportunity and its decision;
    /// one that waited longer is skipped. Default 8 (some 3 s). A feed that is read faster than a chain writes it
    /// passes many slots in that time.
    /// </summary>
    [Range(1, 150)]
    public int WaitSlotsMax { get; init; } = 8;

    /// <summary>How often a quiet feed is checked for staleness. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan StaleCheckInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}
