using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>The feed's pools are those of the chain: bytes, owners, lamports, and every quote.</summary>
internal static class SameState
{
    private static readonly ulong[] Amounts = [0, 1, 1_000, 1_000_003, 5_000_000_000, 700_000_000_000, ulong.MaxValue];

    public static void Check(SimulatorRun simulator, FeedRun feed, Func<Pool, bool>? which = null)
    {
        feed.Look(assembler =>
        {
            assembler.CloseTransaction();
            lock (simulator.Chain.Gate)
            {
                var view = simulator.Chain.At(simulator.Chain.Blocks.Tip.Slot);
                var (pools, quotes) = (0, 0);
                foreach (var pool in simulator.Chain.Pools.Where(pool => which?.Invoke(pool) ?? true))
                {
                    Assert.True(assembler.TryGet(pool.Id, out var assembled), $"{pool.Id} is not known");
                    foreach (var account in pool.Accounts)
                    {
                        if (view.Find(account.Key) is not { } real) continue;
                        Assert.True(assembler.TryGetAccount(account.Key, out var held));
                        Assert.Equal(Digest.Of(real.Data.Span), Digest.Of(held.Data.Span));
                        Assert.Equal((real.Owner, real.Lamports), (held.Owner, held.Lamports));
                    }
                    var copy = assembled.Copy();
                    Assert.Equal(Mev.Domain.Feed.PoolCondition.None, assembled.Condition);
                    Assert.Equal(PoolDefect.None, copy.Defect);
                    quotes += Quotes(pool, copy, assembler.Clock);
                    pools++;
                }
                Assert.True(pools > 0 && quotes > pools, $"{pools} pools, {quotes} quotes that succeed");
            }
            return true;
        });
    }

    private static int Quotes(Pool real, Pool copy, ChainClock clock)
    {
        var succeeded = 0;
        foreach (var direction in new[] { SwapDirection.AToB, SwapDirection.BToA })
        {
            foreach (var amount in Amounts.Select(units => new TokenAmount(units)))
            {
                var quote = real.QuoteExactIn(direction, amount, clock);
                Assert.Equal(quote, copy.QuoteExactIn(direction, amount, clock));
                Assert.Equal(
                    real.QuoteExactOut(direction, amount, clock), copy.QuoteExactOut(direction, amount, clock));
                if (quote.IsOk) succeeded++;
            }
        }
        return succeeded;
    }
}
