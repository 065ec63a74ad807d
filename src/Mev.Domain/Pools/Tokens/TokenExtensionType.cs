namespace Mev.Domain.Pools.Tokens;

/// <summary>The Token-2022 extensions that a quote has to know (numbers of the program).</summary>
public enum TokenExtensionType : ushort
{
    /// <summary>No extension: ends the list.</summary>
    None = 0,

    /// <summary>Mint: fee on every transfer.</summary>
    TransferFeeConfig = 1,

    /// <summary>Account: fees withheld in it.</summary>
    TransferFeeAmount = 2,

    /// <summary>Mint: may be closed at zero supply.</summary>
    MintCloseAuthority = 3,

    /// <summary>Mint: state of new accounts, which may be frozen.</summary>
    DefaultAccountState = 6,

    /// <summary>Mint: cannot be transferred.</summary>
    NonTransferable = 9,

    /// <summary>Mint: shown amounts grow, raw ones do not.</summary>
    InterestBearing = 10,

    /// <summary>Mint: somebody may move anyone's tokens.</summary>
    PermanentDelegate = 12,

    /// <summary>Mint: a program is called on every transfer.</summary>
    TransferHook = 14,

    /// <summary>Mint: where its metadata is.</summary>
    MetadataPointer = 18,

    /// <summary>Mint: its metadata.</summary>
    TokenMetadata = 19,
}
