namespace Mev.Streaming.Tests.Schedules;

/// <summary>A fault that is built into a server, to see that the check finds it.</summary>
internal enum Mutation
{
    None,

    /// <summary>One number never reaches the ring.</summary>
    RingLosesOne,

    /// <summary>The log answers from one number later than it was asked for.</summary>
    LogSkipsOne,

    /// <summary>Who comes back gets its last message again.</summary>
    ResumeRepeatsOne,

    /// <summary>A change of a state is not told.</summary>
    StateForgetsOne,
}
