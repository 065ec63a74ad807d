namespace Mev.Domain.Pools.Tokens;

/// <summary>
/// Byte offsets of SPL Token and Token-2022 accounts and mints (public documentation of both programs).
/// </summary>
public static class TokenLayout
{
    /// <summary>Bytes of a token account without extensions.</summary>
    public const int AccountLength = 165;

    /// <summary>Token account: its mint, 32 bytes.</summary>
    public const int AccountMint = 0;

    /// <summary>Token account: who may move its tokens, 32 bytes.</summary>
    public const int AccountOwner = 32;

    /// <summary>Token account: amount, u64.</summary>
    public const int AccountAmount = 64;

    /// <summary>Token account: state, u8.</summary>
    public const int AccountState = 108;

    /// <summary>The state of a token account that can pay and be paid (0 is uninitialised, 2 frozen).</summary>
    public const byte Initialised = 1;

    /// <summary>Bytes of a mint without extensions.</summary>
    public const int MintLength = 82;

    /// <summary>Mint: supply, u64.</summary>
    public const int MintSupply = 36;

    /// <summary>Mint: decimals, u8.</summary>
    public const int MintDecimals = 44;

    /// <summary>Mint: initialised, u8 that is 0 or 1.</summary>
    public const int MintIsInitialised = 45;

    /// <summary>Token-2022: type of an extended account, u8.</summary>
    public const int ExtendedType = 165;

    /// <summary>Value of <see cref="ExtendedType"/> of a mint.</summary>
    public const byte ExtendedMint = 1;

    /// <summary>Value of <see cref="ExtendedType"/> of a token account.</summary>
    public const byte ExtendedAccount = 2;

    /// <summary>Token-2022: the first extension (type u16, length u16, value).</summary>
    public const int Extensions = 166;

    /// <summary>Bytes of the value of a mint's transfer fee extension.</summary>
    public const int TransferFeeLength = 108;

    /// <summary>Inside the transfer fee extension: the older fee {epoch u64, maximum u64, basis points u16}.</summary>
    public const int OlderFee = 72;

    /// <summary>Inside the transfer fee extension: the newer fee, of the same form.</summary>
    public const int NewerFee = 90;

    /// <summary>Inside a fee: the maximum, u64.</summary>
    public const int FeeMaximum = 8;

    /// <summary>Inside a fee: the basis points, u16.</summary>
    public const int FeeBasisPoints = 16;
}
