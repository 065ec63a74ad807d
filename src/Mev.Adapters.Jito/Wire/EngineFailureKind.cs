namespace Mev.Adapters.Jito.Wire;

/// <summary>Why the engine gave no result (specs: block engine, errors).</summary>
public enum EngineFailureKind
{
    /// <summary>
    /// A text or a form that is not known; the text is kept. Says nothing of whether it was received.
    /// </summary>
    Unknown = 0,

    /// <summary>The form of what we sent: a fault of ours.</summary>
    Malformed = 1,

    /// <summary>The blockhash is too old or not known to the engine.</summary>
    BlockhashExpired = 2,

    /// <summary>A transaction of it is in the chain already: the chain is to be asked.</summary>
    AlreadyProcessed = 3,

    /// <summary>Too many requests, ours or everybody's.</summary>
    RateLimited = 4,

    /// <summary>Too many results streams of this identity.</summary>
    StreamLimited = 5,

    /// <summary>The engine does not take it from us.</summary>
    Unauthorised = 6,

    /// <summary>Timeout, reset, a fault of the server: nobody knows whether it was received.</summary>
    Transport = 7,

    /// <summary>The path is not served.</summary>
    NotFound = 8,
}
