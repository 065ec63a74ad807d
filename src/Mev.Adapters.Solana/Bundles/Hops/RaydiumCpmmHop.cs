using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.RaydiumCpmm;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>Raydium CPMM: the pool account names everything.</summary>
internal static class RaydiumCpmmHop
{
    private const int Observation = 296; // public source of the program

    public static RaydiumCpmmSwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintIn, mintOut) = hop.Ordered(
            new Pubkey(pool[RaydiumCpmmLayout.Mint0..]), new Pubkey(pool[RaydiumCpmmLayout.Mint1..]));
        var (programIn, programOut) = hop.Ordered(
            new Pubkey(pool[RaydiumCpmmLayout.Program0..]), new Pubkey(pool[RaydiumCpmmLayout.Program1..]));
        var (vaultIn, vaultOut) = hop.Ordered(
            new Pubkey(pool[RaydiumCpmmLayout.Vault0..]), new Pubkey(pool[RaydiumCpmmLayout.Vault1..]));
        return new RaydiumCpmmSwapAccounts
        {
            Pool = hop.Pool,
            Config = new Pubkey(pool[RaydiumCpmmLayout.Config..]),
            Observation = new Pubkey(pool[Observation..]),
            VaultIn = vaultIn,
            VaultOut = vaultOut,
            MintIn = mintIn,
            MintOut = mintOut,
            ProgramIn = programIn,
            ProgramOut = programOut,
            User = hop.Wallet,
            UserIn = hop.Own(mintIn, programIn),
            UserOut = hop.Own(mintOut, programOut),
        };
    }
}
