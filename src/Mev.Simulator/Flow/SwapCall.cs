using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Simulator.Flow;

/// <summary>
/// The swap instruction of a trader's order: the program's accounts in its order and its data (layouts: specs of the
/// programs). The order has no limit, as the flow's traders take what they get.
/// </summary>
/// <param name="Program">The pool's program.</param>
/// <param name="Accounts">Its accounts, with whether it may write them.</param>
/// <param name="Data">Its data.</param>
/// <param name="Vaults">Vaults of the mint that goes in and of the one that comes out.</param>
/// <param name="Authority">Who signs for the vaults.</param>
internal sealed record SwapCall(
    Pubkey Program, (Pubkey Key, bool IsWritable)[] Accounts, byte[] Data, (Pubkey In, Pubkey Out) Vaults,
    Pubkey Authority)
{
    private const byte SwapBaseIn = 9;
    private const int WhirlpoolVaultA = 133;
    private const int WhirlpoolVaultB = 213;
    private const int WhirlpoolArrays = 3;
    private const int CpmmObservation = 296;

    private static readonly Pubkey AmmAuthority = Pubkey.Parse("5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1");
    private static readonly Pubkey CpmmAuthority = Pubkey.Parse("GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL");

    private static ReadOnlySpan<byte> WhirlpoolSwap => [0xf8, 0xc6, 0x9e, 0x91, 0xe1, 0x75, 0x87, 0xc8];

    private static ReadOnlySpan<byte> CpmmSwap => [0x8f, 0xbe, 0x5a, 0xda, 0xc4, 0x1e, 0x33, 0xde];

    /// <summary>The instruction of an order by a trader; null for a protocol that the flow does not trade.</summary>
    public static SwapCall? Of(Pool pool, in SwapOrder order, Pubkey trader, (Pubkey In, Pubkey Out) wallets) =>
        pool.Protocol switch
        {
            Protocol.RaydiumAmmV4 => AmmV4(pool, order, trader, wallets),
            Protocol.RaydiumCpmm => Cpmm(pool, order, trader, wallets),
            Protocol.Whirlpool => Whirlpool(pool, order, trader, wallets),
            _ => null,
        };

    private static SwapCall AmmV4(Pool pool, in SwapOrder order, Pubkey trader, (Pubkey In, Pubkey Out) wallets)
    {
        var (amm, coin, pc) = (pool.Id.Address, pool.Accounts[1].Key, pool.Accounts[2].Key);
        var data = new byte[17];
        data[0] = SwapBaseIn;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(1), order.AmountIn.Units);
        // With status 6 every account of the market side may be the pool itself.
        return new SwapCall(
            Programs.RaydiumAmmV4,
            [
                (Programs.Token, false), (amm, true), (AmmAuthority, false), (amm, true), (coin, true), (pc, true),
                (amm, false), (amm, true), (amm, true), (amm, true), (amm, true), (amm, true), (amm, true),
                (amm, false), (wallets.In, true), (wallets.Out, true), (trader, true),
            ],
            data, Ordered(order, coin, pc), AmmAuthority);
    }

    private static SwapCall Cpmm(Pool pool, in SwapOrder order, Pubkey trader, (Pubkey In, Pubkey Out) wallets)
    {
        var accounts = pool.Accounts;
        var (config, first, second) = (accounts[1].Key, accounts[2].Key, accounts[3].Key);
        var vaults = Ordered(order, first, second);
        var data = new byte[24];
        CpmmSwap.CopyTo(data);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8), order.AmountIn.Units);
        return new SwapCall(
            Programs.RaydiumCpmm,
            [
                (trader, true), (CpmmAuthority, false), (config, false), (pool.Id.Address, true), (wallets.In, true),
                (wallets.Out, true), (vaults.In, true), (vaults.Out, true), (Programs.Token, false),
                (Programs.Token, false), (pool.MintIn(order.Direction), false), (pool.MintOut(order.Direction), false),
                (new Pubkey(accounts[0].Data[CpmmObservation..]), true),
            ],
            data, vaults, CpmmAuthority);
    }

    private static SwapCall Whirlpool(Pool pool, in SwapOrder order, Pubkey trader, (Pubkey In, Pubkey Out) wallets)
    {
        var accounts = pool.Accounts;
        var own = accounts[0].Data;
        var (vaultA, vaultB) = (new Pubkey(own[WhirlpoolVaultA..]), new Pubkey(own[WhirlpoolVaultB..]));
        var isAToB = order.Direction == SwapDirection.AToB;
        var (walletA, walletB) = isAToB ? (wallets.In, wallets.Out) : (wallets.Out, wallets.In);
        var arrays = accounts[^WhirlpoolArrays..];
        var data = new byte[42]; // amount, threshold and price limit of none, amount is the input, direction
        WhirlpoolSwap.CopyTo(data);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(8), order.AmountIn.Units);
        (data[40], data[41]) = (1, isAToB ? (byte)1 : (byte)0);
        return new SwapCall(
            Programs.Whirlpool,
            [
                (Programs.Token, false), (trader, true), (pool.Id.Address, true), (walletA, true), (vaultA, true),
                (walletB, true), (vaultB, true), (arrays[0].Key, true), (arrays[1].Key, true), (arrays[2].Key, true),
                (pool.Id.Address, false),
            ],
            data, Ordered(order, vaultA, vaultB), pool.Id.Address);
    }

    private static (Pubkey In, Pubkey Out) Ordered(in SwapOrder order, Pubkey ofA, Pubkey ofB) =>
        order.Direction == SwapDirection.AToB ? (ofA, ofB) : (ofB, ofA);
}
