namespace Mev.Adapters.Solana.Signing;

/// <summary>Whose a transaction is, by its signers.</summary>
internal enum TransactionOwner
{
    /// <summary>Not said.</summary>
    Unknown = 0,

    /// <summary>All signers are wallets of ours.</summary>
    Own = 1,

    /// <summary>None is.</summary>
    Foreign = 2,

    /// <summary>Some are.</summary>
    Mixed = 3,
}
