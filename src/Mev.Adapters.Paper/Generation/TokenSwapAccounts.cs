using Mev.Domain.Chain;
using Mev.Domain.Pools.OrcaTokenSwap;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Orca token-swap pools of constant product: the pool account and two vaults.</summary>
internal static class TokenSwapAccounts
{
    private const int PoolMint = 99; // public source of the SPL program that it is
    private const int FeeAccount = 195;

    /// <summary>The pool account first.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var (vaultA, vaultB) = (plan.Address("token-swap-vault-a"), plan.Address("token-swap-vault-b"));
        var authority = plan.Address("token-swap-authority");
        var account = new AccountBuilder(OrcaTokenSwapLayout.Length);
        account.Put(OrcaTokenSwapLayout.Version, OrcaTokenSwapLayout.OnlyVersion);
        account.Put(OrcaTokenSwapLayout.IsInitialised, (byte)1);
        account.Put(OrcaTokenSwapLayout.TokenProgram, Programs.Token);
        account.Put(OrcaTokenSwapLayout.VaultA, vaultA);
        account.Put(OrcaTokenSwapLayout.VaultB, vaultB);
        account.Put(PoolMint, plan.Address("token-swap-lp"));
        account.Put(OrcaTokenSwapLayout.MintA, plan.MintA);
        account.Put(OrcaTokenSwapLayout.MintB, plan.MintB);
        account.Put(FeeAccount, plan.Address("token-swap-fees"));
        account.Put(OrcaTokenSwapLayout.TradeFee, 25UL);
        account.Put(OrcaTokenSwapLayout.TradeFee + sizeof(ulong), 10_000UL);
        account.Put(OrcaTokenSwapLayout.OwnerFee, 5UL);
        account.Put(OrcaTokenSwapLayout.OwnerFee + sizeof(ulong), 10_000UL);
        account.Put(OrcaTokenSwapLayout.Curve, OrcaTokenSwapLayout.ConstantProduct);
        return
        [
            new(plan.Address("token-swap"), Programs.OrcaTokenSwap, account.Data),
            VaultAccounts.Build(vaultA, plan.A, authority, plan.DepthA),
            VaultAccounts.Build(vaultB, plan.B, authority, plan.DepthB),
        ];
    }
}
