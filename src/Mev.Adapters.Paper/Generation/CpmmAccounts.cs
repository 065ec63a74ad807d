using Mev.Domain.Chain;
using Mev.Domain.Pools.RaydiumCpmm;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// Raydium CPMM pools: the pool account, a config that many pools share, two vaults, and mints of Token-2022.
/// </summary>
internal static class CpmmAccounts
{
    private const ulong ProtocolRate = 120_000;
    private const ulong FundRate = 40_000;
    private const int Creator = 40;
    private const int LpMint = 136;
    private const int Observation = 296;

    private static readonly Pubkey Authority = Pubkey.Parse("GpMZbSM2GgvTKHJirzeGfMFoaZ8UR2X7F4v8vHTvxFbL");

    // Trade fees in millionths; the cheap one is the usual one.
    private static readonly ulong[] TradeRates = [2_500, 2_500, 4_000, 10_000];

    /// <summary>The pool account first, its config second.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var rate = TradeRates[(int)Math.Min(plan.FeeChoice * TradeRates.Length, TradeRates.Length - 1)];
        var config = GeneratedAddress.Of(plan.Seed, "cpmm-config", (long)rate);
        var (vault0, vault1) = (plan.Address("cpmm-vault-0"), plan.Address("cpmm-vault-1"));
        var account = new AccountBuilder(RaydiumCpmmLayout.PoolLength);
        account.Put(0, RaydiumCpmmLayout.PoolDiscriminator);
        account.Put(RaydiumCpmmLayout.Config, config);
        account.Put(Creator, plan.Address("cpmm-creator"));
        account.Put(RaydiumCpmmLayout.Vault0, vault0);
        account.Put(RaydiumCpmmLayout.Vault1, vault1);
        account.Put(LpMint, plan.Address("cpmm-lp"));
        account.Put(RaydiumCpmmLayout.Mint0, plan.MintA);
        account.Put(RaydiumCpmmLayout.Mint1, plan.MintB);
        account.Put(RaydiumCpmmLayout.Program0, plan.A.Program);
        account.Put(RaydiumCpmmLayout.Program1, plan.B.Program);
        account.Put(Observation, plan.Address("cpmm-observation"));
        account.Put(RaydiumCpmmLayout.Decimals0, (byte)9);
        account.Put(RaydiumCpmmLayout.Decimals1, (byte)9);
        return
        [
            new(plan.Address("cpmm"), Programs.RaydiumCpmm, account.Data),
            new(config, Programs.RaydiumCpmm, BuildConfig(rate)),
            VaultAccounts.Build(vault0, plan.A, Authority, plan.DepthA),
            VaultAccounts.Build(vault1, plan.B, Authority, plan.DepthB),
            .. plan.Token2022(),
        ];
    }

    private static byte[] BuildConfig(ulong tradeRate)
    {
        var account = new AccountBuilder(RaydiumCpmmLayout.ConfigLength);
        account.Put(0, RaydiumCpmmLayout.ConfigDiscriminator);
        account.Put(RaydiumCpmmLayout.TradeRate, tradeRate);
        account.Put(RaydiumCpmmLayout.ProtocolRate, ProtocolRate);
        account.Put(RaydiumCpmmLayout.FundRate, FundRate);
        return account.Data;
    }
}
