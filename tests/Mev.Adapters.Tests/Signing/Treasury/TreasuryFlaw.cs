namespace Mev.Adapters.Tests.Signing.Treasury;

/// <summary>What is wrong with an order.</summary>
internal enum TreasuryFlaw
{
    None,
    ToStranger,
    SecondSigner,
    TokenApproval,
    StrangeProgram,
    StrangerHasNonce,
    StrangerClosesTable,
    TipToStranger,
    TipAboveCap,
    TipTooSmall,
    AboveCap,
    AboveOrder,
    BelowReserve,
    UnknownBalance,
    NotAllowed,
    HugePrice,
    Stopped,
    PermitEnded,
    NotOrdered,
    OtherOrder,
    NotApproved,
    OnePersonInTwoRoles,
    TooLong,
    Mainnet,
    UnknownChain,
}
