using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.OrcaTokenSwap;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>Orca token-swap: the pool account names everything.</summary>
internal static class OrcaTokenSwapHop
{
    private const int PoolMint = 99; // public source of the SPL program that it is
    private const int FeeAccount = 195;

    public static OrcaTokenSwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintIn, mintOut) = hop.Ordered(
            new Pubkey(pool[OrcaTokenSwapLayout.MintA..]), new Pubkey(pool[OrcaTokenSwapLayout.MintB..]));
        var (vaultIn, vaultOut) = hop.Ordered(
            new Pubkey(pool[OrcaTokenSwapLayout.VaultA..]), new Pubkey(pool[OrcaTokenSwapLayout.VaultB..]));
        return new OrcaTokenSwapAccounts
        {
            Pool = hop.Pool,
            VaultIn = vaultIn,
            VaultOut = vaultOut,
            PoolMint = new Pubkey(pool[PoolMint..]),
            FeeAccount = new Pubkey(pool[FeeAccount..]),
            User = hop.Wallet,
            UserIn = hop.Own(mintIn, Programs.Token),
            UserOut = hop.Own(mintOut, Programs.Token),
        };
    }
}
