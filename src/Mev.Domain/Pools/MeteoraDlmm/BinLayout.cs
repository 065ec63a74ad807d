namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>Byte offsets inside a bin of a DLMM bin array (the program's published interface).</summary>
public static class BinLayout
{
    /// <summary>Bytes of a bin.</summary>
    public const int Length = 144;

    /// <summary>Market makers' X, u64.</summary>
    public const int AmountX = 0;

    /// <summary>Market makers' Y, u64.</summary>
    public const int AmountY = 8;

    /// <summary>Price, u128; 0 until somebody needed it.</summary>
    public const int Price = 16;

    /// <summary>Market makers' shares, u128 in Q64.64.</summary>
    public const int Supply = 32;

    /// <summary>X that orders have sold, u64; Y follows.</summary>
    public const int FulfilledX = 48;

    /// <summary>Y that orders have sold, u64.</summary>
    public const int FulfilledY = 56;

    /// <summary>Fee of orders that sell X, u64.</summary>
    public const int AskFee = 64;

    /// <summary>Fee of orders that sell Y, u64.</summary>
    public const int BidFee = 72;

    /// <summary>Market makers' fee in X per share, u128 in Q64.64, wrapping; in Y follows.</summary>
    public const int FeePerShareX = 80;

    /// <summary>Market makers' fee in Y per share, u128.</summary>
    public const int FeePerShareY = 96;

    /// <summary>Amount of the orders that no swap has touched, u64.</summary>
    public const int OpenOrders = 112;

    /// <summary>Amount of the orders being filled when a swap first touched them, u64.</summary>
    public const int ProcessedTotal = 120;

    /// <summary>What is left of them, u64.</summary>
    public const int ProcessedLeft = 128;

    /// <summary>How often open orders became orders being filled, u32.</summary>
    public const int OrderAge = 136;

    /// <summary>What its orders sell, u8: 0 Y, 1 X.</summary>
    public const int AskSide = 140;
}
