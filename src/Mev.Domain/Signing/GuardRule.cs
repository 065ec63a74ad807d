namespace Mev.Domain.Signing;

/// <summary>
/// The signer's rules (specs: block engine, benign only). Each refuses what it cannot tell. The numbers are recorded:
/// never renumbered.
/// </summary>
public enum GuardRule
{
    /// <summary>No rule.</summary>
    Unknown = 0,

    /// <summary>No transaction is signed by wallets of ours and by others.</summary>
    Mixed = 1,

    /// <summary>At most one foreign transaction, in exactly the bytes that were observed.</summary>
    OneForeign = 2,

    /// <summary>Nothing stands before a foreign transaction.</summary>
    NoOwnBeforeForeign = 3,

    /// <summary>Each own transaction is one cycle that cannot lose, and nothing else.</summary>
    Cyclic = 4,

    /// <summary>No wallet of ours trades or traded in a foreign transaction's direction on its pools.</summary>
    CrossBundle = 5,

    /// <summary>Transactions that ask not to be preceded stand first and belong together.</summary>
    DontFront = 6,

    /// <summary>Only programs on the policy's list are invoked.</summary>
    Programs = 7,

    /// <summary>One tip, to a derived account, within its bounds.</summary>
    Tip = 8,

    /// <summary>A lease covers the cost, the wallet is allowed, and its reserve stays.</summary>
    Limits = 9,

    /// <summary>Nothing is stopped, and a permit says so now.</summary>
    Stop = 10,

    /// <summary>A durable intent names the message.</summary>
    Intent = 11,

    /// <summary>What the block engine and the runtime ask of a bundle's form.</summary>
    Shape = 12,

    /// <summary>The chain is the one that the mode is for.</summary>
    Network = 13,

    /// <summary>A message of the treasury has one of its exact forms, and nothing else.</summary>
    TreasuryForm = 14,

    /// <summary>The treasury pays into the platform, or an administrator and a risk officer said otherwise.</summary>
    TreasuryDestination = 15,

    /// <summary>What the treasury moves stays within its order and the day's cap.</summary>
    TreasuryCap = 16,
}
