namespace Mev.Adapters.Solana.Rpc;

/// <summary>How safe the state is that is asked for.</summary>
public enum RpcCommitment
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The node's newest; may lie on a fork.</summary>
    Processed = 1,

    /// <summary>Voted for by two thirds of the stake.</summary>
    Confirmed = 2,

    /// <summary>Cannot be undone.</summary>
    Finalized = 3,
}
