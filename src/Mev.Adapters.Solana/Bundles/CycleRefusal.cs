namespace Mev.Adapters.Solana.Bundles;

/// <summary>Why no message of a cycle is built.</summary>
public enum CycleRefusal
{
    /// <summary>It is built.</summary>
    None = 0,

    /// <summary>Too few or too many hops.</summary>
    Hops,

    /// <summary>
    /// The hops are not of the wallet, do not hand on one token account to the next, or do not start and end in the
    /// wallet's wrapped SOL.
    /// </summary>
    NotACycle,

    /// <summary>A hop puts in more than the hop before yields, so it would draw on the wallet's own tokens.</summary>
    DrawsOnInventory,

    /// <summary>A tip below the least that counts, or a negative amount.</summary>
    Amounts,

    /// <summary>The hops cross so many ticks or bins that no transaction may use that many compute units.</summary>
    TooManyUnits,

    /// <summary>The quoted outcome is below principal, tip, fee and least profit together.</summary>
    Unprofitable,

    /// <summary>The wallet cannot pay fee and tip and keep what rent asks for.</summary>
    Unfunded,

    /// <summary>The message would be longer than a packet.</summary>
    TooLong,

    /// <summary>The message would load more accounts than a transaction may.</summary>
    TooManyAccounts,
}
