using Mev.Domain.Chain;
using Mev.Domain.Pools.PumpSwap;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// PumpSwap pools: the pool account, the program's two configs that all of them share, two vaults, and the coin's mint.
/// Half of the coins that are sold for SOL come from the bonding curve, and pay by what all of the coin is worth.
/// </summary>
internal static class PumpAccounts
{
    private const int ProtocolRecipient = 57; // public IDL of the program: eight addresses
    private const int ReservedRecipient = 418; // seven, for coins in mayhem
    private const int LpMint = 107;
    private const int PoolLength = 301;
    private const int GlobalConfigLength = 949;

    // Liquidity, protocol, creator: in basis points, as the program's config had them in 2025.
    private static readonly ulong[] Flat = [20, 5, 5];

    private static readonly (UInt128 From, ulong[] Rates)[] Tiers =
    [
        (0, [2, 93, 30]), (420_000_000_000, [20, 5, 95]), (9_820_000_000_000, [20, 5, 50]),
        (98_240_000_000_000, [20, 5, 5]),
    ];

    /// <summary>The pool account first.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan)
    {
        var (pool, vaultBase, vaultQuote) = (
            plan.Address("pump"), plan.Address("pump-vault-base"), plan.Address("pump-vault-quote"));
        var isOfCurve = plan.MintB == Mints.Wsol && plan.FeeChoice < 0.5;
        var account = new AccountBuilder(PoolLength);
        account.Put(0, PumpSwapLayout.PoolDiscriminator);
        account.Put(PumpSwapLayout.Creator, isOfCurve ? CurveOf(plan.MintA) : plan.Address("pump-creator"));
        account.Put(PumpSwapLayout.BaseMint, plan.MintA);
        account.Put(PumpSwapLayout.QuoteMint, plan.MintB);
        account.Put(LpMint, plan.Address("pump-lp"));
        account.Put(PumpSwapLayout.BaseVault, vaultBase);
        account.Put(PumpSwapLayout.QuoteVault, vaultQuote);
        account.Put(PumpSwapLayout.CoinCreator, plan.Address("pump-coin-creator"));
        // In mayhem the supply is the program's own number, so that the mint decides nothing.
        account.Put(PumpSwapLayout.IsMayhem, isOfCurve ? (byte)1 : (byte)0);
        return
        [
            new(pool, Programs.PumpSwap, account.Data),
            new(PumpSwapLayout.GlobalConfig, Programs.PumpSwap, BuildGlobalConfig(plan.Seed)),
            new(PumpSwapLayout.FeeConfig, Programs.PumpFees, BuildFeeConfig()),
            VaultAccounts.Build(vaultBase, plan.A, pool, plan.DepthA),
            VaultAccounts.Build(vaultQuote, plan.B, pool, plan.DepthB),
            MintAccounts.Build(plan.A),
        ];
    }

    private static Pubkey CurveOf(Pubkey coin) =>
        ProgramAddress.Find(Programs.PumpCurve, "pool-authority"u8.ToArray(), coin.ToArray()).Address;

    private static byte[] BuildGlobalConfig(ulong seed)
    {
        var account = new AccountBuilder(GlobalConfigLength);
        account.Put(0, PumpSwapLayout.GlobalConfigDiscriminator);
        account.Put(ProtocolRecipient, GeneratedAddress.Of(seed, "pump-recipient", 0));
        account.Put(ReservedRecipient, GeneratedAddress.Of(seed, "pump-reserved-recipient", 0));
        return account.Data;
    }

    private static byte[] BuildFeeConfig()
    {
        const int Kinds = 2; // with SOL, with USDC
        var tiers = sizeof(uint) + Tiers.Length * PumpSwapLayout.TierLength;
        var account = new AccountBuilder(
            PumpSwapLayout.FlatRates + PumpSwapLayout.RatesLength + Kinds * tiers + PumpSwapLayout.RatesLength);
        account.Put(0, PumpSwapLayout.FeeConfigDiscriminator);
        PutRates(account, PumpSwapLayout.FlatRates, Flat);
        var at = PumpSwapLayout.FlatRates + PumpSwapLayout.RatesLength;
        for (var kind = 0; kind < Kinds; kind++)
        {
            account.Put(at, Tiers.Length);
            at += sizeof(uint);
            foreach (var (from, rates) in Tiers)
            {
                account.Put(at, from);
                PutRates(account, at + PumpSwapLayout.TierLength - PumpSwapLayout.RatesLength, rates);
                at += PumpSwapLayout.TierLength;
            }
        }
        return account.Data; // exotic rates of zero stand for the flat ones
    }

    private static void PutRates(AccountBuilder account, int offset, ulong[] rates)
    {
        foreach (var (place, rate) in rates.Index()) account.Put(offset + place * sizeof(ulong), rate);
    }
}
