using Mev.Domain.Chain;
using Mev.Domain.Pools.RaydiumAmmV4;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Raydium AMM v4 pools that swap against their vaults alone: the pool account and two vaults.</summary>
internal static class AmmV4Accounts
{
    private const ulong NonceValue = 254;
    private const ulong FeeNumerator = 25;
    private const ulong FeeDenominator = 10_000;
    private const int Nonce = 8;
    private const int TradeFeeNumerator = 144;
    private const int TradeFeeDenominator = 152;
    private const int LpMint = 464;
    private const int OpenOrders = 496;
    private const int Market = 528;

    private static readonly Pubkey Authority = Pubkey.Parse("5Q544fKrFoe6tsEbD7S8EmxGTJYAKtTVhAW5Q5pge4j1");

    /// <summary>The pool account first.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var (coinVault, pcVault) = (plan.Address("amm-coin-vault"), plan.Address("amm-pc-vault"));
        var pool = plan.Address("amm");
        var account = new AccountBuilder(RaydiumAmmV4Layout.Length);
        account.Put(RaydiumAmmV4Layout.Status, RaydiumAmmV4Layout.SwapOnly);
        account.Put(Nonce, NonceValue);
        account.Put(RaydiumAmmV4Layout.CoinDecimals, 9UL);
        account.Put(RaydiumAmmV4Layout.PcDecimals, 9UL);
        account.Put(TradeFeeNumerator, FeeNumerator);
        account.Put(TradeFeeDenominator, FeeDenominator);
        account.Put(RaydiumAmmV4Layout.SwapFeeNumerator, FeeNumerator);
        account.Put(RaydiumAmmV4Layout.SwapFeeDenominator, FeeDenominator);
        account.Put(RaydiumAmmV4Layout.CoinVault, coinVault);
        account.Put(RaydiumAmmV4Layout.PcVault, pcVault);
        account.Put(RaydiumAmmV4Layout.CoinMint, plan.MintA);
        account.Put(RaydiumAmmV4Layout.PcMint, plan.MintB);
        account.Put(LpMint, plan.Address("amm-lp"));
        account.Put(OpenOrders, pool); // with status 6 the market side may be the pool itself
        account.Put(Market, pool);
        return
        [
            new(pool, Programs.RaydiumAmmV4, account.Data),
            VaultAccounts.Build(coinVault, plan.A, Authority, plan.DepthA),
            VaultAccounts.Build(pcVault, plan.B, Authority, plan.DepthB),
        ];
    }
}
