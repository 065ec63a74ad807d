namespace Mev.Adapters.Solana.Signing.Treasury;

/// <summary>The forms of the treasury's messages; anything else is none.</summary>
internal enum TreasuryForm
{
    /// <summary>None of them.</summary>
    Unknown = 0,

    /// <summary>Lamports become wrapped SOL of the same wallet.</summary>
    Wrap = 1,

    /// <summary>All wrapped SOL of a wallet becomes its lamports.</summary>
    Unwrap = 2,

    /// <summary>Token accounts of own wallets are made.</summary>
    TokenAccounts = 3,

    /// <summary>Lamports go from a wallet to another address.</summary>
    Fund = 4,

    /// <summary>A nonce account of the wallet is made.</summary>
    Nonce = 5,

    /// <summary>A lookup table of the wallet is made, extended, deactivated or closed.</summary>
    LookupTable = 6,

    /// <summary>A transfer to itself with a tip: does anything of ours land at all?</summary>
    Probe = 7,
}
