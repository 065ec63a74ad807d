using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.RaydiumClmm;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>
/// Raydium CLMM: the recorded tick arrays are those that the swap may reach, in the order of the price, and before them
/// stands the one that the price may have moved back into by the time the swap lands; else the program passes it over.
/// The bitmap extension is recorded where the pool's own bitmap does not suffice (public source of the program).
/// </summary>
internal static class RaydiumClmmHop
{
    private const int Config = 9;
    private const int Mint0 = 73;
    private const int Mint1 = 105;
    private const int Vault0 = 137;
    private const int Vault1 = 169;
    private const int Observation = 201;
    private const int PartPool = 8;
    private const int ArrayLength = 10_240;
    private const int ArrayStart = 40;
    private const int ExtensionLength = 1_832;

    public static RaydiumClmmSwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintIn, mintOut) = hop.Ordered(new Pubkey(pool[Mint0..]), new Pubkey(pool[Mint1..]));
        var (vaultIn, vaultOut) = hop.Ordered(new Pubkey(pool[Vault0..]), new Pubkey(pool[Vault1..]));
        var extension = hop.Parts(Programs.RaydiumClmm, PartPool, ExtensionLength).Select(part => (Pubkey?)part.Key);
        return new RaydiumClmmSwapAccounts
        {
            Pool = hop.Pool,
            Config = new Pubkey(pool[Config..]),
            Observation = new Pubkey(pool[Observation..]),
            VaultIn = vaultIn,
            VaultOut = vaultOut,
            MintIn = mintIn,
            MintOut = mintOut,
            BitmapExtension = extension.FirstOrDefault(),
            TickArrays = Arrays(hop, pool),
            User = hop.Wallet,
            UserIn = hop.Own(mintIn, hop.ProgramOf(mintIn)),
            UserOut = hop.Own(mintOut, hop.ProgramOf(mintOut)),
        };
    }

    private static ImmutableArray<Pubkey> Arrays(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var recorded = hop.Parts(Programs.RaydiumClmm, PartPool, ArrayLength)
            .OrderBy(array => PoolHop.ReadInt32(array.Data, ArrayStart)).Select(array => array.Key);
        return hop.WithArrayBehind(
            [.. hop.IsAToB ? recorded.Reverse() : recorded], RaydiumClmmPool.ArrayBehind(pool, hop.Direction),
            RaydiumClmmPool.ArrayAddress);
    }
}
