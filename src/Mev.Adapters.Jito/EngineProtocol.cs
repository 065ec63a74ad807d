namespace Mev.Adapters.Jito;

/// <summary>How bundles are handed to the engine.</summary>
public enum EngineProtocol
{
    /// <summary>Not said; refused at start.</summary>
    Unknown = 0,

    /// <summary>JSON-RPC over HTTP.</summary>
    JsonRpc = 1,

    /// <summary>The searcher service over gRPC.</summary>
    Grpc = 2,

    /// <summary>
    /// JSON-RPC's sendTransaction as a bundle for one transaction, whose id comes in a header; several as JSON-RPC.
    /// </summary>
    JsonRpcTransaction = 3,
}
