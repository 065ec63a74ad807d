using Mev.Domain.Chain;
using Mev.Domain.Pools.MeteoraDammV2;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Meteora DAMM v2 pools over a wide range of prices: the pool account, for quotes read no other.</summary>
internal static class DammV2Accounts
{
    private const int VaultA = 232; // public IDL of the program
    private const int VaultB = 264;
    private const ulong CliffFee = 2_500_000; // in billionths
    private const double Range = 4; // the square root of the price may fall and rise by that

    /// <summary>The pool account.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var root = plan.RootPrice;
        var account = new AccountBuilder(MeteoraDammV2Layout.Length);
        account.Put(0, MeteoraDammV2Layout.Discriminator);
        account.Put(MeteoraDammV2Layout.CliffFee, CliffFee);
        account.Put(MeteoraDammV2Layout.ProtocolPercent, (byte)20);
        account.Put(MeteoraDammV2Layout.MintA, plan.MintA);
        account.Put(MeteoraDammV2Layout.MintB, plan.MintB);
        account.Put(VaultA, plan.Address("damm-vault-a"));
        account.Put(VaultB, plan.Address("damm-vault-b"));
        account.Put(MeteoraDammV2Layout.Liquidity, (UInt128)(plan.DepthA * root) << 64);
        account.Put(MeteoraDammV2Layout.MinSqrtPrice, GeneratedPlan.Q64(root / Range));
        account.Put(MeteoraDammV2Layout.MaxSqrtPrice, GeneratedPlan.Q64(root * Range));
        account.Put(MeteoraDammV2Layout.SqrtPrice, GeneratedPlan.Q64(root));
        account.Put(MeteoraDammV2Layout.ActivationType, (byte)1);
        return [new(plan.Address("damm"), Programs.MeteoraDammV2, account.Data)];
    }
}
