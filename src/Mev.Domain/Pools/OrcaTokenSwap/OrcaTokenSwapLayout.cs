namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// Byte offsets of an Orca token-swap pool account (public source of the SPL program that it is; integers are u64
/// unless said). There is no discriminator: owner, length and version tell it.
/// </summary>
public static class OrcaTokenSwapLayout
{
    /// <summary>Bytes of the account.</summary>
    public const int Length = 324;

    /// <summary>Version, u8.</summary>
    public const int Version = 0;

    /// <summary>The only version.</summary>
    public const byte OnlyVersion = 1;

    /// <summary>Initialised, u8 that is 0 or 1.</summary>
    public const int IsInitialised = 1;

    /// <summary>Address of the token program of both vaults.</summary>
    public const int TokenProgram = 3;

    /// <summary>Address of the vault of mint A.</summary>
    public const int VaultA = 35;

    /// <summary>Address of the vault of mint B.</summary>
    public const int VaultB = 67;

    /// <summary>Address of mint A.</summary>
    public const int MintA = 131;

    /// <summary>Address of mint B.</summary>
    public const int MintB = 163;

    /// <summary>Numerator of the trade fee, which stays in the pool; the denominator follows.</summary>
    public const int TradeFee = 227;

    /// <summary>Numerator of the owner's fee, paid in pool tokens; the denominator follows.</summary>
    public const int OwnerFee = 243;

    /// <summary>Kind of curve, u8.</summary>
    public const int Curve = 291;

    /// <summary>Amplification of a stable curve.</summary>
    public const int Amplification = 292;

    /// <summary>Kind: the product of the reserves never falls.</summary>
    public const byte ConstantProduct = 0;

    /// <summary>Kind: a fixed price, which no vector proves.</summary>
    public const byte ConstantPrice = 1;

    /// <summary>Kind: nearly one to one while both reserves are plentiful.</summary>
    public const byte Stable = 2;

    /// <summary>Kind: constant product with an offset, which no vector proves.</summary>
    public const byte Offset = 3;
}
