namespace Mev.Adapters.Tests.Signing;

/// <summary>What is wrong with a random bundle.</summary>
internal enum Flaw
{
    None,
    ForeignLast,
    TwoForeign,
    ForeignChanged,
    Mixed,
    LowGuard,
    Inventory,
    OneHop,
    StrangeProgram,
    TipStranger,
    TipAboveCap,
    TipTwice,
    OtherWalletAsks,
    Reserve,
    WalletNotAllowed,
    Stopped,
    PermitEnded,
    NoIntent,
    UnitPrice,
    OtherBlockhash,
    NotNamed,
    WrongNetwork,
}
