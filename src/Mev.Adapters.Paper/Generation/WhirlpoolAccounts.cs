using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools.Whirlpool;

namespace Mev.Adapters.Paper.Generation;

/// <summary>Whirlpools with a fixed fee: the pool account, its mints, three tick arrays around its price.</summary>
internal static class WhirlpoolAccounts
{
    private const int PoolLength = 653;
    private const ushort ProtocolRate = 1_300;

    private const int ArrayLength = 9_988;
    private const int ArrayStart = 8;
    private const int ArrayTicks = 12;
    private const int TickLength = 113;
    private const int ArrayPool = 9_956;

    private static ReadOnlySpan<byte> PoolDiscriminator => [0x3f, 0x95, 0xd1, 0x0c, 0xe1, 0x80, 0x63, 0x09];

    private static ReadOnlySpan<byte> ArrayDiscriminator => [0x45, 0x61, 0xbd, 0xbe, 0x6e, 0x07, 0x42, 0xbb];

    /// <summary>The pool account first, its mints second and third.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan, DrawStream stream, long unixTime)
    {
        var tier = LiquidityTier.Of(plan.FeeChoice);
        var root = plan.RootPrice;
        var sqrtPrice = GeneratedPlan.Q64(root);
        var tick = TickMath.TickAt(sqrtPrice);
        var liquidity = (UInt128)(plan.DepthA * root);
        var positions = new LiquidityPositions(tier, tick, liquidity, stream);
        var pool = plan.Address("whirlpool");
        var accounts = new GeneratedAccount[6];
        accounts[0] = new(
            pool, Programs.Whirlpool, BuildPool(plan, tier, sqrtPrice, tick, positions.InRange, unixTime));
        (accounts[1], accounts[2]) = (MintAccounts.Build(plan.A), MintAccounts.Build(plan.B));
        for (var i = 0; i < 3; i++)
        {
            var start = tier.StartOf(tick) + (i - 1) * tier.Span;
            var key = plan.Address($"whirlpool-ticks-{i}");
            accounts[3 + i] = new(key, Programs.Whirlpool, BuildArray(pool, tier, start, positions));
        }
        return accounts;
    }

    private static byte[] BuildPool(
        in GeneratedPlan plan, LiquidityTier tier, UInt128 sqrtPrice, int tick, UInt128 liquidity, long unixTime)
    {
        var account = new AccountBuilder(PoolLength);
        account.Put(0, PoolDiscriminator);
        account.Put(8, GeneratedAddress.Of(plan.Seed, "whirlpool-config", 0));
        account.Put(40, byte.MaxValue); // bump
        account.Put(41, tier.Spacing);
        account.Put(43, tier.Spacing); // fee tier seed equal to the spacing: a fixed fee
        account.Put(45, tier.FeeRate);
        account.Put(47, ProtocolRate);
        account.Put(49, liquidity);
        account.Put(65, sqrtPrice);
        account.Put(81, tick);
        account.Put(101, plan.MintA);
        account.Put(133, plan.Address("whirlpool-vault-a"));
        account.Put(181, plan.MintB);
        account.Put(213, plan.Address("whirlpool-vault-b"));
        account.Put(261, (ulong)unixTime); // rewards counted up to here
        return account.Data;
    }

    private static byte[] BuildArray(in Pubkey pool, LiquidityTier tier, int start, LiquidityPositions positions)
    {
        var account = new AccountBuilder(ArrayLength);
        account.Put(0, ArrayDiscriminator);
        account.Put(ArrayStart, start);
        account.Put(ArrayPool, pool);
        foreach (var (tick, liquidity) in positions.Ticks)
        {
            if (tick < start || tick >= start + tier.Span) continue;
            var offset = ArrayTicks + (tick - start) / tier.Spacing * TickLength;
            account.Put(offset, (byte)1);
            account.Put(offset + 1, liquidity.Net);
            account.Put(offset + 17, liquidity.Gross);
        }
        return account.Data;
    }
}
