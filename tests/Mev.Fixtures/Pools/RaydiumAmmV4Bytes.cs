using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Domain.Pools.RaydiumAmmV4;
using static Mev.Fixtures.Pools.TokenBytes;

namespace Mev.Fixtures.Pools;

/// <summary>The accounts of a Raydium AMM v4 pool as writes.</summary>
public sealed record RaydiumAmmV4Bytes
{
    public static Pubkey PoolKey { get; } = Key("amm pool");

    public static Pubkey CoinVault { get; } = Key("amm coin vault");

    public static Pubkey PcVault { get; } = Key("amm pc vault");

    public static Pubkey CoinMint { get; } = Key("coin");

    public static Pubkey PcMint { get; } = Key("pc");

    public ulong Status { get; init; } = RaydiumAmmV4Layout.SwapOnly;

    public ulong FeeNumerator { get; init; } = 25;

    public ulong FeeDenominator { get; init; } = 10_000;

    public ulong Coins { get; init; } = 1_000_000_000_000;

    public ulong Pcs { get; init; } = 150_000_000_000;

    public ulong CoinsOwed { get; init; }

    public ulong PcsOwed { get; init; }

    /// <summary>The writes of pool, coin vault and pc vault.</summary>
    public AccountWrite[] Writes()
    {
        var data = new byte[RaydiumAmmV4Layout.Length];
        Set(data, RaydiumAmmV4Layout.Status, Status);
        Set(data, RaydiumAmmV4Layout.SwapFeeNumerator, FeeNumerator);
        Set(data, RaydiumAmmV4Layout.SwapFeeDenominator, FeeDenominator);
        Set(data, RaydiumAmmV4Layout.NeedTakePnlCoin, CoinsOwed);
        Set(data, RaydiumAmmV4Layout.NeedTakePnlPc, PcsOwed);
        CoinVault.CopyTo(data.AsSpan(RaydiumAmmV4Layout.CoinVault));
        PcVault.CopyTo(data.AsSpan(RaydiumAmmV4Layout.PcVault));
        CoinMint.CopyTo(data.AsSpan(RaydiumAmmV4Layout.CoinMint));
        PcMint.CopyTo(data.AsSpan(RaydiumAmmV4Layout.PcMint));
        return
        [
            Write(PoolKey, Programs.RaydiumAmmV4, data),
            Write(CoinVault, Programs.Token, Vault(CoinMint, Coins)),
            Write(PcVault, Programs.Token, Vault(PcMint, Pcs)),
        ];
    }

    /// <summary>A pool that has seen the writes.</summary>
    public RaydiumAmmV4Pool Pool()
    {
        var pool = new RaydiumAmmV4Pool(new PoolId(PoolKey));
        foreach (var write in Writes()) pool.Apply(write);
        return pool;
    }
}
