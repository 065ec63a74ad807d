using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Solana.Bundles.Hops;

/// <summary>
/// Orca Whirlpool: three tick arrays from the one that holds the tick (upwards: the tick one spacing on). Those that
/// exist are recorded; of the others the address is passed all the same (public source of the program).
/// </summary>
internal static class WhirlpoolHop
{
    private const int Spacing = 41;
    private const int Tick = 81;
    private const int MintA = 101;
    private const int VaultA = 133;
    private const int MintB = 181;
    private const int VaultB = 213;
    private const int ArrayStart = 8;
    private const int FixedArrayPool = 9_956;
    private const int DynamicArrayPool = 12;
    private const int FixedArrayLength = 9_988;
    private const int TicksPerArray = 88;
    private const int TickMax = 443_636;

    public static WhirlpoolSwapAccounts Of(PoolHop hop, ReadOnlySpan<byte> pool)
    {
        var (mintA, mintB) = (new Pubkey(pool[MintA..]), new Pubkey(pool[MintB..]));
        var (programA, programB) = (hop.ProgramOf(mintA), hop.ProgramOf(mintB));
        var isPlain = programA == Programs.Token && programB == Programs.Token;
        var spacing = BinaryPrimitives.ReadUInt16LittleEndian(pool[Spacing..]);
        var tick = BinaryPrimitives.ReadInt32LittleEndian(pool[Tick..]);
        return new WhirlpoolSwapAccounts
        {
            Form = isPlain ? WhirlpoolForm.Swap : WhirlpoolForm.SwapV2,
            Pool = hop.Pool,
            TokenA = new WhirlpoolToken(mintA, programA, new Pubkey(pool[VaultA..]), hop.Own(mintA, programA)),
            TokenB = new WhirlpoolToken(mintB, programB, new Pubkey(pool[VaultB..]), hop.Own(mintB, programB)),
            TickArrays = Arrays(hop, tick, spacing),
            Direction = hop.Direction,
            User = hop.Wallet,
            OracleKey = hop.Addresses.Part(hop.Pool, int.MinValue, (key, _) => WhirlpoolSwapAccounts.OracleOf(key)),
        };
    }

    private static ImmutableArray<Pubkey> Arrays(PoolHop hop, int tick, int spacing)
    {
        var span = TicksPerArray * spacing;
        var start = Floor(hop.IsAToB ? tick : tick + spacing, span);
        var step = hop.IsAToB ? -span : span;
        var arrays = ImmutableArray.CreateBuilder<Pubkey>(WhirlpoolSwapAccounts.Arrays);
        while (arrays.Count < WhirlpoolSwapAccounts.Arrays)
        {
            var isLegal = arrays.Count == 0 || (start <= TickMax && start > -TickMax - span);
            arrays.Add(isLegal ? Array(hop, start) : arrays[^1]); // beyond the last tick the last one stands again
            start += step;
        }
        return arrays.MoveToImmutable();
    }

    private static Pubkey Array(PoolHop hop, int start)
    {
        if (Recorded(hop, start) is { } recorded) return recorded;
        return hop.Addresses.Part(hop.Pool, start, (pool, at) => ProgramAddress.Find(
            Programs.Whirlpool, "tick_array"u8.ToArray(), pool.ToArray(),
            Encoding.ASCII.GetBytes(at.ToString(CultureInfo.InvariantCulture))).Address);
    }

    private static Pubkey? Recorded(PoolHop hop, int start)
    {
        foreach (var array in hop.Owned(Programs.Whirlpool))
            if (IsArrayOf(array, hop.Pool) && PoolHop.ReadInt32(array.Data, ArrayStart) == start) return array.Key;
        return null;
    }

    private static bool IsArrayOf(in AccountUse array, Pubkey pool)
    {
        var data = array.Data.Span;
        if (array.Key == pool || data.Length < DynamicArrayPool + Pubkey.Length) return false;
        return new Pubkey(data[(data.Length == FixedArrayLength ? FixedArrayPool : DynamicArrayPool)..]) == pool;
    }

    private static int Floor(int tick, int span)
    {
        var rest = tick % span;
        return tick - (rest < 0 ? rest + span : rest);
    }
}
