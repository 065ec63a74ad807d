using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Decisions;

/// <summary>Opportunities made by hand.</summary>
internal static class Chances
{
    public static Opportunity Of(long grossProfit, ulong amountIn = 1_000_000_000, Pubkey? baseMint = null) => new()
    {
        Id = new OpportunityId(Digest.Of(BitConverter.GetBytes(grossProfit))),
        Cycle = Digest.Of([1]),
        Hops =
        [
            Hop(1, amountIn, 500),
            Hop(2, 500, amountIn + (ulong)grossProfit),
        ],
        BaseMint = baseMint ?? Mints.Wsol,
        GrossProfit = new Lamports(grossProfit),
        ProfitBound = new Lamports(grossProfit),
        Certificate = SizingCertificate.Bound,
        Clock = new ChainClock(new Slot(100), 1_700_000_000),
        Accounts = default,
        Shard = 0,
        ReceivedNs = 1,
        EvaluatedNs = 2,
        Slot = new Slot(100),
    };

    private static HopAmounts Hop(byte pool, ulong amountIn, ulong amountOut)
    {
        var key = new byte[Pubkey.Length];
        key[0] = pool;
        var hop = new Hop(new PoolId(new Pubkey(key)), SwapDirection.AToB);
        return new HopAmounts(hop, new TokenAmount(amountIn), new TokenAmount(amountOut));
    }
}
