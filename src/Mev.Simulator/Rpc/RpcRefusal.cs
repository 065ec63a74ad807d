namespace Mev.Simulator.Rpc;

/// <summary>The error of a request.</summary>
internal sealed class RpcRefusal : Exception
{
    /// <summary>The request is no JSON.</summary>
    public const int NotJson = -32_700;

    /// <summary>The request is no request.</summary>
    public const int NoRequest = -32_600;

    /// <summary>There is no such method.</summary>
    public const int NoMethod = -32_601;

    /// <summary>The parameters are not those of the method.</summary>
    public const int BadParameters = -32_602;

    /// <summary>A transaction that the node does not send.</summary>
    public const int NotSent = -32_002;

    /// <summary>The slot that the answer has to be as of was not reached.</summary>
    public const int SlotNotReached = -32_016;

    public RpcRefusal(int code, string message)
        : base(message) => Code = code;

    /// <summary>Number of the error.</summary>
    public int Code { get; }

    /// <summary>Parameters that are not those of the method.</summary>
    public static RpcRefusal Parameters(string reason) => new(BadParameters, $"Invalid params: {reason}");
}
