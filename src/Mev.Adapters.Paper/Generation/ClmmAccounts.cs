using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools.RaydiumClmm;

namespace Mev.Adapters.Paper.Generation;

/// <summary>
/// Raydium CLMM pools: the pool account, a config that all share, the mints, an empty bitmap extension and three tick
/// arrays around the price.
/// </summary>
internal static class ClmmAccounts
{
    private const int PoolLength = 1_544; // this and all offsets: public source of the program
    private const int PoolBitmap = 904;
    private const int BitmapFirst = -512;
    private const int ConfigLength = 117;
    private const int ExtensionLength = 1_832;
    private const int ArrayLength = 10_240;
    private const int ArrayTicks = 44;
    private const int TickLength = 168;

    private static readonly LiquidityTier Tier = LiquidityTier.Clmm;

    private static ReadOnlySpan<byte> PoolDiscriminator => [0xf7, 0xed, 0xe3, 0xf5, 0xd7, 0xc3, 0xde, 0x46];

    private static ReadOnlySpan<byte> ConfigDiscriminator => [0xda, 0xf4, 0x21, 0x68, 0xcb, 0xcb, 0x2b, 0x6f];

    private static ReadOnlySpan<byte> ArrayDiscriminator => [0xc0, 0x9b, 0x55, 0xcd, 0x31, 0xf9, 0x81, 0x2a];

    private static ReadOnlySpan<byte> ExtensionDiscriminator => [0x3c, 0x96, 0x24, 0xdb, 0x61, 0x80, 0x8b, 0x99];

    /// <summary>The pool account first.</summary>
    public static GeneratedAccount[] Build(in GeneratedPlan plan, DrawStream stream)
    {
        var root = plan.RootPrice;
        var sqrtPrice = GeneratedPlan.Q64(root);
        var tick = RaydiumTickMath.TickAt(sqrtPrice);
        var positions = new LiquidityPositions(Tier, tick, (UInt128)(plan.DepthA * root), stream);
        var (pool, config) = (plan.Address("clmm"), GeneratedAddress.Of(plan.Seed, "clmm-config", 0));
        var first = Tier.StartOf(tick) - Tier.Span;
        return
        [
            new(pool, Programs.RaydiumClmm, BuildPool(plan, config, sqrtPrice, tick, positions.InRange, first)),
            new(config, Programs.RaydiumClmm, BuildConfig()),
            MintAccounts.Build(plan.A), MintAccounts.Build(plan.B),
            new(plan.Address("clmm-bitmap"), Programs.RaydiumClmm, BuildExtension(pool)),
            BuildArray(pool, first, positions), BuildArray(pool, first + Tier.Span, positions),
            BuildArray(pool, first + 2 * Tier.Span, positions),
        ];
    }

    private static byte[] BuildPool(
        in GeneratedPlan plan, in Pubkey config, UInt128 sqrtPrice, int tick, UInt128 liquidity, int firstStart)
    {
        var account = new AccountBuilder(PoolLength);
        account.Put(0, PoolDiscriminator);
        account.Put(8, byte.MaxValue); // bump
        account.Put(9, config);
        account.Put(73, plan.MintA);
        account.Put(105, plan.MintB);
        account.Put(137, plan.Address("clmm-vault-0"));
        account.Put(169, plan.Address("clmm-vault-1"));
        account.Put(201, plan.Address("clmm-observation"));
        account.Put(233, (byte)9);
        account.Put(234, (byte)9);
        account.Put(235, Tier.Spacing);
        account.Put(237, liquidity);
        account.Put(253, sqrtPrice);
        account.Put(269, tick);
        for (var array = 0; array < 3; array++)
        {
            var bit = firstStart / Tier.Span + array - BitmapFirst;
            account.Data[PoolBitmap + bit / 8] |= (byte)(1 << (bit % 8));
        }
        return account.Data;
    }

    private static byte[] BuildConfig()
    {
        var account = new AccountBuilder(ConfigLength);
        account.Put(0, ConfigDiscriminator);
        account.Put(43, 120_000u); // the protocol's share of the fee, in millionths
        account.Put(47, (uint)Tier.FeeRate);
        account.Put(51, Tier.Spacing);
        account.Put(53, 40_000u); // the fund's
        return account.Data;
    }

    private static byte[] BuildExtension(in Pubkey pool)
    {
        var account = new AccountBuilder(ExtensionLength);
        account.Put(0, ExtensionDiscriminator);
        account.Put(8, pool);
        return account.Data;
    }

    private static GeneratedAccount BuildArray(in Pubkey pool, int start, LiquidityPositions positions)
    {
        var account = new AccountBuilder(ArrayLength);
        account.Put(0, ArrayDiscriminator);
        account.Put(8, pool);
        account.Put(40, start);
        foreach (var (tick, liquidity) in positions.Ticks)
        {
            if (tick < start || tick >= start + Tier.Span) continue;
            var offset = ArrayTicks + (tick - start) / Tier.Spacing * TickLength;
            account.Put(offset, tick);
            account.Put(offset + 4, liquidity.Net);
            account.Put(offset + 20, liquidity.Gross);
        }
        return new(RaydiumClmmPool.ArrayAddress(pool, start), Programs.RaydiumClmm, account.Data);
    }
}
