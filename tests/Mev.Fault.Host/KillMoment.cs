namespace Mev.Fault.Host;

/// <summary>Moments between a decision and its submission.</summary>
public enum KillMoment
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>An append was called and has not reached the journal.</summary>
    AppendCalled = 1,

    /// <summary>The journal holds an append in its queue; the caller waits.</summary>
    AppendQueued = 2,

    /// <summary>An append was acknowledged; the caller does not know it yet.</summary>
    AppendAcknowledged = 3,

    /// <summary>Bytes were handed over and have not reached the counterparty.</summary>
    Submitted = 4,

    /// <summary>The counterparty has them; the caller does not know it yet.</summary>
    SubmissionTaken = 5,
}
