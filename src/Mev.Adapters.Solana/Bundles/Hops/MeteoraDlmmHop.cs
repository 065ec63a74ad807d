using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools.MeteoraDlmm;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>
/// Meteora DLMM: the recorded bin arrays are those that the swap may reach, in the order of the active bin, and before
/// them stands the one that it may have moved back into by the time the swap lands. Without the bitmap extension: pools
/// that need it are not quoted.
/// </summary>
internal static class MeteoraDlmmHop
{
    private const int ReserveX = 152; // the program's published interface
    private const int ReserveY = 184;

    public static MeteoraDlmmSwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pair)
    {
        var (programX, programY) = (
            ProgramOf(pair[MeteoraDlmmLayout.ProgramX]), ProgramOf(pair[MeteoraDlmmLayout.ProgramY]));
        var (mintX, mintY) = (
            new Pubkey(pair[MeteoraDlmmLayout.MintX..]), new Pubkey(pair[MeteoraDlmmLayout.MintY..]));
        var (userIn, userOut) = hop.Ordered(hop.Own(mintX, programX), hop.Own(mintY, programY));
        var isPlain = programX == Programs.Token && programY == Programs.Token;
        return new MeteoraDlmmSwapAccounts
        {
            Form = isPlain ? MeteoraDlmmForm.Swap : MeteoraDlmmForm.Swap2,
            Pool = hop.Pool,
            ReserveX = new Pubkey(pair[ReserveX..]),
            ReserveY = new Pubkey(pair[ReserveY..]),
            MintX = mintX,
            MintY = mintY,
            ProgramX = programX,
            ProgramY = programY,
            BinArrays = Arrays(hop, pair),
            User = hop.Wallet,
            UserIn = userIn,
            UserOut = userOut,
        };
    }

    private static ImmutableArray<Pubkey> Arrays(PoolHop hop, ReadOnlySpan<byte> pair)
    {
        var recorded = hop.Parts(Programs.MeteoraDlmm, MeteoraDlmmLayout.ArrayPair, MeteoraDlmmLayout.ArrayLength)
            .OrderBy(array => BinaryPrimitives.ReadInt64LittleEndian(array.Data.Span[MeteoraDlmmLayout.ArrayIndex..]))
            .Select(array => array.Key);
        return hop.WithArrayBehind(
            [.. hop.IsAToB ? recorded.Reverse() : recorded], MeteoraDlmmPool.ArrayBehind(pair, hop.Direction),
            MeteoraDlmmPool.ArrayAddress);
    }

    private static Pubkey ProgramOf(byte flag) => flag == 1 ? Programs.Token2022 : Programs.Token;
}
