namespace Mev.Fault.Host;

/// <summary>Section <c>Fault</c>: what is watched, and when the process kills itself.</summary>
public sealed class FaultOptions
{
    /// <summary>Folder of the files that the observers append to.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>The moment at which the process kills itself; None for never.</summary>
    public KillMoment KillAt { get; init; }

    /// <summary>Which occurrence of that moment, from 1.</summary>
    public int KillCount { get; init; } = 1;

    /// <summary>How much later than the journal says so an append is acknowledged. Default 0.</summary>
    public TimeSpan AcknowledgementDelay { get; init; }

    /// <summary>Time before each batch of the feed, or before each few. Default 0.</summary>
    public TimeSpan BatchDelay { get; init; }

    /// <summary>Batches that come at once between two of these times. Default 1.</summary>
    public int BatchesAtOnce { get; init; } = 1;

    /// <summary>Stay up after the feed ended or failed. Default false.</summary>
    public bool StayUp { get; init; }
}
