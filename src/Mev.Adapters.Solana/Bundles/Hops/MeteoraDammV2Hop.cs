using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.MeteoraDammV2;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>Meteora DAMM v2: the pool account names everything.</summary>
internal static class MeteoraDammV2Hop
{
    private const int VaultA = 232; // public IDL of the program
    private const int VaultB = 264;

    public static MeteoraDammV2SwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintA, mintB) = (
            new Pubkey(pool[MeteoraDammV2Layout.MintA..]), new Pubkey(pool[MeteoraDammV2Layout.MintB..]));
        var (programA, programB) = (
            ProgramOf(pool[MeteoraDammV2Layout.ProgramFlagA]), ProgramOf(pool[MeteoraDammV2Layout.ProgramFlagB]));
        var (userIn, userOut) = hop.Ordered(hop.Own(mintA, programA), hop.Own(mintB, programB));
        return new MeteoraDammV2SwapAccounts
        {
            Pool = hop.Pool,
            VaultA = new Pubkey(pool[VaultA..]),
            VaultB = new Pubkey(pool[VaultB..]),
            MintA = mintA,
            MintB = mintB,
            ProgramA = programA,
            ProgramB = programB,
            User = hop.Wallet,
            UserIn = userIn,
            UserOut = userOut,
        };
    }

    private static Pubkey ProgramOf(byte flag) => flag == 1 ? Programs.Token2022 : Programs.Token;
}
