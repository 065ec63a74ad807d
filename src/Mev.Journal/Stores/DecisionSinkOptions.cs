using System.ComponentModel.DataAnnotations;

namespace Mev.Journal.Stores;

/// <summary>Section <c>Sink</c>: what fills the decision store from the journal.</summary>
public sealed class DecisionSinkOptions
{
    /// <summary>Records of one batch at most; one read of the journal bounds their bytes. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int BatchRecordsMax { get; init; } = 5_000;

    /// <summary>Wait between two looks at the journal when there was nothing new. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Wait before the store is tried again after a failure. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the end of the host waits for the rest of the journal; what is left is taken at the next start.
    /// Default 3 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
