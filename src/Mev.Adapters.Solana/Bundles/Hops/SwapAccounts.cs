using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>Finds what a hop's swap passes, by the program that owns the pool. One line per protocol.</summary>
internal static class SwapAccounts
{
    /// <summary>The accounts; null when an account that they are read from is not recorded.</summary>
    public static ISwapAccounts? Of(PoolHop hop)
    {
        if (hop.Find(hop.Pool) is not { } pool) return null;
        var data = pool.Data.Span;
        if (pool.Owner == Programs.Whirlpool) return WhirlpoolHop.Of(hop, data);
        if (pool.Owner == Programs.RaydiumAmmV4) return RaydiumAmmV4Hop.Of(hop, data);
        if (pool.Owner == Programs.RaydiumCpmm) return RaydiumCpmmHop.Of(hop, data);
        if (pool.Owner == Programs.RaydiumClmm) return RaydiumClmmHop.Of(hop, data);
        if (pool.Owner == Programs.MeteoraDlmm) return MeteoraDlmmHop.Of(hop, data);
        if (pool.Owner == Programs.MeteoraDammV2) return MeteoraDammV2Hop.Of(hop, data);
        if (pool.Owner == Programs.OrcaTokenSwap) return OrcaTokenSwapHop.Of(hop, data);
        return pool.Owner == Programs.PumpSwap ? PumpSwapHop.Of(hop, data) : null;
    }
}
