using System.ComponentModel.DataAnnotations;

namespace Mev.Grains.Feed;

/// <summary>Section <c>Pump</c>: how the feed is taken to the shards.</summary>
public sealed class FeedPumpOptions
{
    /// <summary>Which updates meet in one drain. Default LockStep.</summary>
    [Required, AllowedValues(DrainPace.LockStep, DrainPace.Conflate)]
    public DrainPace Pace { get; init; } = DrainPace.LockStep;

    /// <summary>How often a quiet feed is checked for staleness. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan StaleCheckInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}
