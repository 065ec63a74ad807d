namespace Mev.Domain.Pools;

/// <summary>Why a pool's bytes cannot be quoted. A decoder says this instead of throwing.</summary>
public enum PoolDefect : byte
{
    /// <summary>Quotable.</summary>
    None = 0,

    /// <summary>An account that the quote depends on has not been seen yet.</summary>
    AccountMissing,

    /// <summary>An account is closed.</summary>
    AccountClosed,

    /// <summary>An account has the wrong owner program.</summary>
    WrongOwner,

    /// <summary>An account's discriminator or length is not that of its role.</summary>
    WrongLayout,

    /// <summary>
    /// A decoded value is impossible (a fee above 100 %, a price outside its bounds, a mint mismatch).
    /// </summary>
    ImpossibleValue,

    /// <summary>
    /// The bytes select a rule that no vector of the real program proves (adaptive fee, live order book).
    /// </summary>
    UnprovenRule,

    /// <summary>
    /// A mint's extension can change or block transfers (hook, non-transferable, permanent delegate).
    /// </summary>
    RestrictedMint,

    /// <summary>
    /// A mint takes a fee on transfers, now or from a later epoch on, and no vector proves this protocol's rule for it.
    /// </summary>
    TransferFee,
}
