using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumCpmm;
using Mev.Domain.Pools.Tokens;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a Raydium CPMM pool as writes.</summary>
public sealed record RaydiumCpmmBytes
{
    public static Pubkey PoolKey { get; } = Key("cpmm pool");

    public static Pubkey Config { get; } = Key("cpmm config");

    public static Pubkey Vault0 { get; } = Key("cpmm vault 0");

    public static Pubkey Vault1 { get; } = Key("cpmm vault 1");

    public static Pubkey Mint0 { get; } = Key("token 0");

    public static Pubkey Mint1 { get; } = Key("token 1");

    public byte Status { get; init; }

    public ulong OpenTime { get; init; }

    public ulong TradeRate { get; init; } = 2_500;

    public ulong CreatorRate { get; init; }

    public byte CreatorFeeOn { get; init; }

    public ulong Amount0 { get; init; } = 1_000_000_000_000;

    public ulong Amount1 { get; init; } = 150_000_000_000;

    public ulong Owed0 { get; init; }

    public ulong Owed1 { get; init; }

    /// <summary>Bytes of mint 1 when it is of Token-2022.</summary>
    public byte[]? Mint1Token2022 { get; init; }

    /// <summary>The writes of pool, config, vaults and, for Token-2022, mint 1.</summary>
    public AccountWrite[] Writes()
    {
        var isToken2022 = Mint1Token2022 is not null;
        var program1 = isToken2022 ? Programs.Token2022 : Programs.Token;
        var config = new byte[RaydiumCpmmLayout.ConfigLength];
        RaydiumCpmmLayout.ConfigDiscriminator.CopyTo(config);
        Set(config, RaydiumCpmmLayout.TradeRate, TradeRate);
        Set(config, RaydiumCpmmLayout.ProtocolRate, 120_000);
        Set(config, RaydiumCpmmLayout.FundRate, 40_000);
        Set(config, RaydiumCpmmLayout.CreatorRate, CreatorRate);
        List<AccountWrite> writes =
        [
            Write(PoolKey, Programs.RaydiumCpmm, PoolBytes(program1)),
            Write(Config, Programs.RaydiumCpmm, config),
            Write(Vault0, Programs.Token, Vault(Mint0, Amount0)),
            Write(Vault1, program1, Vault(Mint1, Amount1, isToken2022)),
        ];
        if (Mint1Token2022 is { } mint) writes.Add(Write(Mint1, Programs.Token2022, mint));
        return [.. writes];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public RaydiumCpmmPool Pool()
    {
        var pool = new RaydiumCpmmPool(new PoolId(PoolKey));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }

    /// <summary>A mint of Token-2022 that takes the same fee in every epoch.</summary>
    public static byte[] MintWithFee(TransferFee fee) => Mint(new TransferFeeSchedule(fee, fee, 0));

    private byte[] PoolBytes(Pubkey program1)
    {
        var data = new byte[RaydiumCpmmLayout.PoolLength];
        RaydiumCpmmLayout.PoolDiscriminator.CopyTo(data);
        (Pubkey Key, int Offset)[] keys =
        [
            (Config, RaydiumCpmmLayout.Config), (Vault0, RaydiumCpmmLayout.Vault0), (Vault1, RaydiumCpmmLayout.Vault1),
            (Mint0, RaydiumCpmmLayout.Mint0), (Mint1, RaydiumCpmmLayout.Mint1),
            (Programs.Token, RaydiumCpmmLayout.Program0), (program1, RaydiumCpmmLayout.Program1),
        ];
        foreach (var (key, offset) in keys) key.CopyTo(data.AsSpan(offset));
        data[RaydiumCpmmLayout.Status] = Status;
        Set(data, RaydiumCpmmLayout.OpenTime, OpenTime);
        Set(data, RaydiumCpmmLayout.ProtocolOwed, Owed0);
        Set(data, RaydiumCpmmLayout.FundOwed + 8, Owed1);
        data[RaydiumCpmmLayout.CreatorFeeOn] = CreatorFeeOn;
        data[RaydiumCpmmLayout.CreatorFeeEnabled] = CreatorRate == 0 ? (byte)0 : (byte)1;
        return data;
    }
}
