using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Grains.Tests;

/// <summary>Opportunities of two made-up pools, told apart by a number.</summary>
internal static class Chances
{
    /// <summary>One that gains half a SOL on one.</summary>
    public static Opportunity Of(int number) => new()
    {
        Id = new OpportunityId(Digest.Of([(byte)number])),
        Cycle = Digest.Of([1]),
        Hops = [Hop(1, 1_000_000_000, 500), Hop(2, 500, 1_500_000_000)],
        BaseMint = Mints.Wsol,
        GrossProfit = new Lamports(500_000_000),
        ProfitBound = new Lamports(500_000_000),
        Certificate = SizingCertificate.Bound,
        Clock = new ChainClock(new Slot(100), 1_700_000_000),
        Accounts = default,
        Shard = 0,
        ReceivedNs = 1,
        EvaluatedNs = 2,
        Slot = new Slot(100),
    };

    /// <summary>The same over a cycle of its own, told apart by another number.</summary>
    public static Opportunity Over(int cycle, int number)
    {
        var pool = Digest.Of([(byte)cycle, (byte)(cycle >> 8), 1]);
        var chance = Of(number);
        var first = chance.Hops[0] with
        {
            Hop = new Hop(new PoolId(new Pubkey(pool.ToArray())), SwapDirection.AToB),
        };
        return chance with { Cycle = pool, Hops = [first, chance.Hops[1]] };
    }

    private static HopAmounts Hop(byte pool, ulong amountIn, ulong amountOut)
    {
        var hop = new Hop(new PoolId(new Pubkey(Digest.Of([pool]).ToArray())), SwapDirection.AToB);
        return new HopAmounts(hop, new TokenAmount(amountIn), new TokenAmount(amountOut));
    }
}
