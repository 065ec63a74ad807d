using Mev.Domain.Pools.ConstantProduct;

namespace Mev.Domain.Pools.PumpSwap;

/// <summary>The three fees on the quote amount, in basis points, each rounded up by itself.</summary>
/// <param name="Liquidity">Stays in the pool.</param>
/// <param name="Protocol">Leaves for the protocol.</param>
/// <param name="Creator">Leaves for the coin's creator.</param>
internal readonly record struct PumpSwapRates(uint Liquidity, uint Protocol, uint Creator)
{
    /// <summary>The whole, in basis points.</summary>
    public const uint Whole = 10_000;

    /// <summary>All three together, below the whole.</summary>
    public uint Total => Liquidity + Protocol + Creator;

    /// <summary>Reads rates where they stand; false when they reach the whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, bool hasCreator, out PumpSwapRates rates)
    {
        rates = default;
        var liquidity = AccountBytes.U64(data, 0);
        var protocol = AccountBytes.U64(data, sizeof(ulong));
        var creator = hasCreator ? AccountBytes.U64(data, 2 * sizeof(ulong)) : 0;
        if (Math.Max(liquidity, Math.Max(protocol, creator)) >= Whole) return false;
        rates = new PumpSwapRates((uint)liquidity, (uint)protocol, (uint)creator);
        return rates.Total < Whole;
    }

    /// <summary>What leaves the pool as fees of a quote amount.</summary>
    public UInt128 Leaving(ulong amount) => (UInt128)Of(amount, Protocol) + Of(amount, Creator);

    /// <summary>All fees of a quote amount.</summary>
    public UInt128 All(ulong amount) => Leaving(amount) + Of(amount, Liquidity);

    private static ulong Of(ulong amount, uint rate)
    {
        ShareMath.TryCeiling(amount, rate, Whole, out var fee); // the rate is below the whole
        return fee;
    }
}
