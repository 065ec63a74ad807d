namespace Mev.Simulator.BlockEngine;

/// <summary>How the engine refuses a request (specs: block engine, errors), in the order of checking.</summary>
internal enum RefusalRow
{
    /// <summary>It does not.</summary>
    Unknown = 0,

    Undecodable,
    NoTipAccount,
    NoTipAccountOld,
    TooMany,
    Duplicate,
    BlockhashExpired,
    BlockhashInvalid,
    AlreadyProcessed,
    TooManyLocks,
    RateLimited,
    BackedOff,
    Congested,
    InvalidArgument,
    Unauthorised,
    Unauthenticated,
    Internal,
    Unavailable,
}
