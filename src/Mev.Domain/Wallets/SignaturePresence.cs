namespace Mev.Domain.Wallets;

/// <summary>Whether a transaction is on the chain.</summary>
public enum SignaturePresence
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>The node knows none of that signature.</summary>
    Absent = 1,

    /// <summary>It is in a block that may still be forked away.</summary>
    Pending = 2,

    /// <summary>It is in a finalized block, whether it succeeded or failed.</summary>
    Final = 3,
}
