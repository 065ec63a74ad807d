namespace Mev.Adapters.Solana.Rpc;

/// <summary>Why a request has no answer.</summary>
public enum RpcFailure
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The node was not reached, or hung up.</summary>
    Transport = 1,

    /// <summary>No answer in time.</summary>
    Timeout = 2,

    /// <summary>The node refuses for the rate of requests (429).</summary>
    RateLimited = 3,

    /// <summary>An HTTP status other than 200 and 429.</summary>
    Status = 4,

    /// <summary>The answer is longer than the bound.</summary>
    TooLarge = 5,

    /// <summary>The answer is not the JSON that was asked for.</summary>
    Malformed = 6,

    /// <summary>The node has not seen the slot that was asked for, or lags behind.</summary>
    Behind = 7,

    /// <summary>The node answered with another error of JSON-RPC.</summary>
    Refused = 8,
}
