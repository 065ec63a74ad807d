using Mev.Adapters.Solana.Instructions;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using Mev.Domain.Pools.RaydiumCpmm;

namespace Mev.Simulator.Flow;

/// <summary>
/// The accounts of swaps on the pools of the generated universe, as far as their bytes name them: what the flow's
/// traders and the rivals pass.
/// </summary>
internal static class PoolSwaps
{
    private const int WhirlpoolVaultA = 133;
    private const int WhirlpoolVaultB = 213;
    private const int CpmmObservation = 296;

    /// <summary>The accounts of a swap; null for a protocol that the universe does not have.</summary>
    public static ISwapAccounts? Of(
        Pool pool, SwapDirection direction, Pubkey user, (Pubkey In, Pubkey Out) tokens) => pool.Protocol switch
        {
            Protocol.RaydiumAmmV4 => AmmV4(pool, user, tokens),
            Protocol.RaydiumCpmm => Cpmm(pool, direction, user, tokens),
            Protocol.Whirlpool => Whirlpool(pool, direction, user, tokens),
            _ => null,
        };

    // With status 6 every account of the market side may be the pool itself.
    private static RaydiumAmmV4SwapAccounts AmmV4(Pool pool, Pubkey user, (Pubkey In, Pubkey Out) tokens) => new()
    {
        Pool = pool.Id.Address,
        CoinVault = KeyAt(pool, RaydiumAmmV4Layout.CoinVault),
        PcVault = KeyAt(pool, RaydiumAmmV4Layout.PcVault),
        Market = RaydiumAmmV4Market.Unused(pool.Id.Address),
        User = user,
        UserIn = tokens.In,
        UserOut = tokens.Out,
    };

    private static RaydiumCpmmSwapAccounts Cpmm(
        Pool pool, SwapDirection direction, Pubkey user, (Pubkey In, Pubkey Out) tokens)
    {
        var isAToB = direction == SwapDirection.AToB;
        var (first, second) = (KeyAt(pool, RaydiumCpmmLayout.Vault0), KeyAt(pool, RaydiumCpmmLayout.Vault1));
        var (program0, program1) = (KeyAt(pool, RaydiumCpmmLayout.Program0), KeyAt(pool, RaydiumCpmmLayout.Program1));
        return new RaydiumCpmmSwapAccounts
        {
            Pool = pool.Id.Address,
            Config = KeyAt(pool, RaydiumCpmmLayout.Config),
            Observation = KeyAt(pool, CpmmObservation),
            VaultIn = isAToB ? first : second,
            VaultOut = isAToB ? second : first,
            MintIn = pool.MintIn(direction),
            MintOut = pool.MintOut(direction),
            ProgramIn = isAToB ? program0 : program1,
            ProgramOut = isAToB ? program1 : program0,
            User = user,
            UserIn = tokens.In,
            UserOut = tokens.Out,
        };
    }

    private static WhirlpoolSwapAccounts Whirlpool(
        Pool pool, SwapDirection direction, Pubkey user, (Pubkey In, Pubkey Out) tokens)
    {
        var isAToB = direction == SwapDirection.AToB;
        var (ofA, ofB) = isAToB ? (tokens.In, tokens.Out) : (tokens.Out, tokens.In);
        Span<Pubkey> arrays = [pool.Id.Address, pool.Id.Address, pool.Id.Address];
        var count = 0;
        foreach (var account in pool.Accounts[3..]) // the pool account and its mints come first
            if (account.Exists && count < arrays.Length) arrays[count++] = account.Key;
        if (isAToB) arrays[..count].Reverse(); // the price falls
        return new WhirlpoolSwapAccounts
        {
            Form = WhirlpoolForm.Swap,
            Pool = pool.Id.Address,
            TokenA = new WhirlpoolToken(pool.MintA, Programs.Token, KeyAt(pool, WhirlpoolVaultA), ofA),
            TokenB = new WhirlpoolToken(pool.MintB, Programs.Token, KeyAt(pool, WhirlpoolVaultB), ofB),
            TickArrays = [.. arrays],
            Direction = direction,
            User = user,
        };
    }

    private static Pubkey KeyAt(Pool pool, int offset) => new(pool.Accounts[0].Data[offset..]);
}
