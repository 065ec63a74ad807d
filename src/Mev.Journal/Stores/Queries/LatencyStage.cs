namespace Mev.Journal.Stores.Queries;

/// <summary>A stretch of the way from an update to the hand-over, by the times in the records.</summary>
public enum LatencyStage
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>From the first byte of the update to the cycle's being sized.</summary>
    Evaluation = 1,

    /// <summary>From there to the decision.</summary>
    Decision = 2,

    /// <summary>From the first byte to the decision.</summary>
    Total = 3,

    /// <summary>From the decision to the hand-over; the append is in it.</summary>
    Submission = 4,
}
