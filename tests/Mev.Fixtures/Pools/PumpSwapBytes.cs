using System.Buffers.Binary;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.PumpSwap;
using Mev.Domain.Pools.Tokens;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a PumpSwap pool as writes.</summary>
public sealed record PumpSwapBytes
{
    public static Pubkey PoolKey { get; } = Key("pump pool");

    public static Pubkey BaseVault { get; } = Key("pump base vault");

    public static Pubkey QuoteVault { get; } = Key("pump quote vault");

    public static Pubkey BaseMint { get; } = Key("pump coin");

    /// <summary>
    /// What the bonding curve derives from <see cref="BaseMint"/>: worked out with another implementation, bump 254.
    /// </summary>
    public static Pubkey BondingCurve { get; } = Pubkey.Parse("ACD2GS4HEr3pcn79Xbn2RbSqKU1pUygJvGWtTQJ37HPv");

    public Pubkey Address { get; init; } = PoolKey;

    public Pubkey Coin { get; init; } = BaseMint;

    public Pubkey QuoteMint { get; init; } = Mints.Wsol;

    public Pubkey Creator { get; init; } = Key("pump somebody");

    public bool HasCoinCreator { get; init; }

    public bool IsMayhem { get; init; }

    public ulong VirtualQuote { get; init; }

    public ulong OwnCreatorRate { get; init; }

    /// <summary>Bytes of the pool account: 211, 243, 244, 300 or 301.</summary>
    public int PoolLength { get; init; } = 301;

    public int GlobalConfigLength { get; init; } = 949;

    public bool IsCreatorRateConfigurable { get; init; }

    public byte DisableFlags { get; init; }

    public ulong Base { get; init; } = 200_000_000_000_000;

    public ulong Quote { get; init; } = 80_000_000_000;

    public ulong Supply { get; init; } = 1_000_000_000_000_000;

    public (ulong Liquidity, ulong Protocol, ulong Creator) Flat { get; init; } = (25, 5, 0);

    /// <summary>Tiers of pools with SOL, by least market capitalisation.</summary>
    public (UInt128 From, ulong Liquidity, ulong Protocol, ulong Creator)[] Tiers { get; init; } =
        [(0, 2, 93, 30), (420_000_000_000, 20, 5, 95), (1_470_000_000_000, 20, 5, 90)];

    /// <summary>The same with USDC.</summary>
    public (UInt128 From, ulong Liquidity, ulong Protocol, ulong Creator)[] StableTiers { get; init; } =
        [(0, 3, 90, 31), (59_000_000_000, 21, 6, 96)];

    public (ulong Liquidity, ulong Protocol, ulong Creator) Exotic { get; init; }

    /// <summary>Bytes of the base mint when it is of Token-2022.</summary>
    public byte[]? BaseMintToken2022 { get; init; }

    /// <summary>The writes of pool, global config, fee config, both vaults and the base mint.</summary>
    public AccountWrite[] Writes()
    {
        var program = BaseMintToken2022 is null ? Programs.Token : Programs.Token2022;
        var mint = BaseMintToken2022?.ToArray() ?? new byte[TokenLayout.MintLength];
        mint[TokenLayout.MintIsInitialised] = 1;
        Set(mint, TokenLayout.MintSupply, Supply);
        return
        [
            Write(Address, Programs.PumpSwap, PoolBytes()),
            Write(PumpSwapLayout.GlobalConfig, Programs.PumpSwap, GlobalConfigBytes()),
            Write(PumpSwapLayout.FeeConfig, Programs.PumpFees, FeeConfigBytes()),
            Write(BaseVault, program, Vault(Coin, Base, BaseMintToken2022 is not null)),
            Write(QuoteVault, Programs.Token, Vault(QuoteMint, Quote)),
            Write(Coin, program, mint),
        ];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public PumpSwapPool Pool()
    {
        var pool = new PumpSwapPool(new PoolId(Address));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    private byte[] PoolBytes()
    {
        var data = new byte[301];
        Convert.FromHexString("f19a6d0411b16dbc").CopyTo(data, 0);
        (Pubkey Key, int Offset)[] keys =
        [
            (Creator, PumpSwapLayout.Creator), (Coin, PumpSwapLayout.BaseMint),
            (QuoteMint, PumpSwapLayout.QuoteMint), (BaseVault, PumpSwapLayout.BaseVault),
            (QuoteVault, PumpSwapLayout.QuoteVault),
            (HasCoinCreator ? Key("pump creator") : default, PumpSwapLayout.CoinCreator),
        ];
        foreach (var (key, offset) in keys) key.CopyTo(data.AsSpan(offset));
        data[PumpSwapLayout.IsMayhem] = IsMayhem ? (byte)1 : (byte)0;
        Set(data, PumpSwapLayout.VirtualQuote, VirtualQuote);
        Set(data, PumpSwapLayout.OwnCreatorRate, OwnCreatorRate);
        return data[..PoolLength];
    }

    private byte[] GlobalConfigBytes()
    {
        var data = new byte[949];
        Convert.FromHexString("95089ccaa0fcb0d9").CopyTo(data, 0);
        data[PumpSwapLayout.DisableFlags] = DisableFlags;
        data[PumpSwapLayout.IsCreatorRateConfigurable] = IsCreatorRateConfigurable ? (byte)1 : (byte)0;
        return data[..GlobalConfigLength];
    }

    private byte[] FeeConfigBytes()
    {
        List<byte> data = [.. Convert.FromHexString("8f3492bbdb7b4c9b"), .. new byte[PumpSwapLayout.FlatRates - 8]];
        Add(data, Flat);
        foreach (var tiers in new[] { Tiers, StableTiers })
        {
            data.AddRange(BitConverter.GetBytes(tiers.Length));
            foreach (var (from, liquidity, protocol, creator) in tiers)
            {
                var threshold = new byte[16];
                BinaryPrimitives.WriteUInt128LittleEndian(threshold, from);
                data.AddRange(threshold);
                Add(data, (liquidity, protocol, creator));
            }
        }
        Add(data, Exotic);
        return [.. data, .. new byte[64]];
    }

    private static void Add(List<byte> data, (ulong Liquidity, ulong Protocol, ulong Creator) rates)
    {
        data.AddRange(BitConverter.GetBytes(rates.Liquidity));
        data.AddRange(BitConverter.GetBytes(rates.Protocol));
        data.AddRange(BitConverter.GetBytes(rates.Creator));
    }
}
