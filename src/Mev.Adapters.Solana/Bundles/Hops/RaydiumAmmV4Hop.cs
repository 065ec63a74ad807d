using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.RaydiumAmmV4;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>Raydium AMM v4: only pools without a live order book are quoted, so no market is passed.</summary>
internal static class RaydiumAmmV4Hop
{
    public static RaydiumAmmV4SwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintIn, mintOut) = hop.Ordered(
            new Pubkey(pool[RaydiumAmmV4Layout.CoinMint..]), new Pubkey(pool[RaydiumAmmV4Layout.PcMint..]));
        return new RaydiumAmmV4SwapAccounts
        {
            Pool = hop.Pool,
            CoinVault = new Pubkey(pool[RaydiumAmmV4Layout.CoinVault..]),
            PcVault = new Pubkey(pool[RaydiumAmmV4Layout.PcVault..]),
            Market = RaydiumAmmV4Market.Unused(hop.Pool),
            User = hop.Wallet,
            UserIn = hop.Own(mintIn, Programs.Token),
            UserOut = hop.Own(mintOut, Programs.Token),
        };
    }
}
