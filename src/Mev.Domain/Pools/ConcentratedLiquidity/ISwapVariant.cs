namespace Mev.Domain.Pools.ConcentratedLiquidity;

/// <summary>
/// Direction and specified side of a walk as a type, so that the compiler makes one straight loop of each variant.
/// </summary>
internal interface ISwapVariant
{
    /// <summary>A to B: the price falls.</summary>
    static abstract bool IsDown { get; }

    /// <summary>The amount asked for is the input.</summary>
    static abstract bool IsExactIn { get; }

    internal readonly struct DownIn : ISwapVariant
    {
        public static bool IsDown => true;
        public static bool IsExactIn => true;
    }

    internal readonly struct DownOut : ISwapVariant
    {
        public static bool IsDown => true;
        public static bool IsExactIn => false;
    }

    internal readonly struct UpIn : ISwapVariant
    {
        public static bool IsDown => false;
        public static bool IsExactIn => true;
    }

    internal readonly struct UpOut : ISwapVariant
    {
        public static bool IsDown => false;
        public static bool IsExactIn => false;
    }
}
