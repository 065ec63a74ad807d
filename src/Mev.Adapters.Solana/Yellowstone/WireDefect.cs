namespace Mev.Adapters.Solana.Yellowstone;

/// <summary>Why a message of the stream was refused. It is left out and the stream goes on.</summary>
public enum WireDefect
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>An address that is not 32 bytes long.</summary>
    AddressLength = 1,

    /// <summary>A signature that is not 64 bytes long.</summary>
    SignatureLength = 2,

    /// <summary>A message without the part that it tells of.</summary>
    PartMissing = 3,

    /// <summary>A slot status that is not known.</summary>
    UnknownStatus = 4,

    /// <summary>A slot far from those that the node knows.</summary>
    ImplausibleSlot = 5,

    /// <summary>A parent that is not before its slot: the status is taken without it.</summary>
    ImplausibleParent = 6,

    /// <summary>A block time that is no time of this chain.</summary>
    ImplausibleTime = 7,

    /// <summary>Account data longer than any account of the chain.</summary>
    DataLength = 8,

    /// <summary>An instruction that names an account which its transaction does not have.</summary>
    AccountIndex = 9,

    /// <summary>A token balance that is none: of an account, a mint or an owner that cannot be, or no number.</summary>
    TokenBalance = 10,

    /// <summary>A transaction of more accounts, instructions or bytes than the chain takes.</summary>
    TransactionSize = 11,
}
