namespace Mev.Domain.Bundles;

/// <summary>Why an outcome came about; only what was observed.</summary>
public enum OutcomeCause : byte
{
    /// <summary>Nothing was observed that says why.</summary>
    Unobserved = 0,

    /// <summary>It landed.</summary>
    Landed = 1,

    /// <summary>Another bid was higher.</summary>
    Outbid = 2,

    /// <summary>The chance was gone when it would have executed.</summary>
    Late = 3,

    /// <summary>The chance was smaller than the tip when it would have executed.</summary>
    ValueGuard = 4,

    /// <summary>Accepted, then absent from the chain.</summary>
    Dropped = 5,

    /// <summary>No leader that takes bundles was ahead.</summary>
    NoLeader = 6,

    /// <summary>The engine refused for reasons of its own.</summary>
    Engine = 7,

    /// <summary>Refused in a way that only a fault of ours explains.</summary>
    Bug = 8,

    /// <summary>Landed with an error; its fee is paid.</summary>
    FailedOnChain = 9,

    /// <summary>Refused at the door for the rate of requests; in old records also never sent for it.</summary>
    RateLimited = 10,

    /// <summary>Never sent: trading or sending was stopped, or another intent held the opportunity.</summary>
    NotSent = 11,

    /// <summary>Never sent: the signer refused, by a rule that its own record names.</summary>
    NotSigned = 12,

    /// <summary>The engine says that the bundle was taken apart; whether it landed says the chain.</summary>
    Unbundled = 13,

    /// <summary>Refused at the door for its form: a fault of ours.</summary>
    Malformed = 14,

    /// <summary>Refused at the door: its blockhash is too old or not known.</summary>
    BlockhashExpired = 15,

    /// <summary>Refused at the door: the engine does not take it from us.</summary>
    Unauthorised = 16,

    /// <summary>Closed by a stop although its bytes may have left before: from then on it is never sent.</summary>
    Stopped = 17,

    /// <summary>A lookup table that it uses was gone, or not usable, when it would have executed.</summary>
    TableChanged = 18,

    /// <summary>Never sent: newer bundles had the turns, or too many were on their way or watched.</summary>
    NoTurn = 19,
}
