namespace Mev.Adapters.Solana.Rpc;

/// <summary>A request has no answer: the message names the method and the reason, never the endpoint's token.</summary>
public sealed class RpcRequestException : Exception
{
    /// <summary>For serialisers.</summary>
    public RpcRequestException()
    {
    }

    /// <summary>With a message.</summary>
    public RpcRequestException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and the cause.</summary>
    public RpcRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Of a kind.</summary>
    internal RpcRequestException(RpcFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public RpcFailure Failure { get; }

    /// <summary>How long the node asks to wait before the next request; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Another attempt may succeed.</summary>
    internal bool IsTransient { get; init; }
}
