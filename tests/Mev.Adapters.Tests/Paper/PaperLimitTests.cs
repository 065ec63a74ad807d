using Mev.Adapters.Paper;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Tests.Paper;

/// <summary>What the paper chain does at each of its bounds, and that it counts it.</summary>
public sealed class PaperLimitTests
{
    [Fact]
    public void Accounts_beyond_the_bound_are_not_kept_and_their_pool_is_not_known()
    {
        // Each pool's vaults come before its pool account.
        var (_, all) = Load(new PaperLimits());
        var (lost, first) = Load(new PaperLimits { OrphansMax = 1 });

        Assert.True(all.IsKnown(TwoPools.First));
        Assert.True(lost > 0);
        Assert.False(first.IsKnown(TwoPools.First));

        static (long Lost, PaperLedger Ledger) Load(PaperLimits limits)
        {
            var ledger = new PaperLedger(TestPool.Create, TestPool.NoPoolOf, limits);
            foreach (var item in TwoPools.Open().Batches.SelectMany(batch => batch.Events.ToArray()))
                if (item.Kind == FeedEventKind.AccountWrite) ledger.Load(item.Write);
            return (ledger.AccountsLost, ledger);
        }
    }

    [Fact]
    public async Task A_lost_account_is_told_as_a_limit()
    {
        var market = Over(TwoPools.Open(), new PaperLimits { OrphansMax = 1 });

        await market.Run();

        Assert.Equal(market.Counts.AccountsLost, Count(market, "paper.orphans"));
        Assert.True(market.Counts.AccountsLost > 0);
    }

    [Fact]
    public async Task A_cycle_beyond_those_remembered_is_refused()
    {
        var market = Over(TwoPools.Open().At(101).At(102).At(103), new PaperLimits { SpentCyclesMax = 1 });

        var (_, outcomes) = await market.Run(
            Paper.Order(1, 102, TwoPools.Cycle), Paper.Order(2, 103, TwoPools.WayRound));

        Assert.Equal([OutcomeCause.Landed, OutcomeCause.Engine], outcomes.Select(outcome => outcome.Cause));
        Assert.Equal(1, Count(market, "paper.spent-cycles"));
    }

    [Fact]
    public async Task Settled_orders_beyond_the_bound_are_forgotten_oldest_first()
    {
        var market = Over(TwoPools.Open().At(101).At(102).At(103), new PaperLimits { SettledMax = 1 });
        await market.Run(Paper.Order(1, 102, TwoPools.Cycle), Paper.Order(2, 103, TwoPools.Cycle));

        Assert.Equal(1, Count(market, "paper.settled"));
        market.Submit(Paper.Order(2, 103, TwoPools.Cycle));
        Assert.Equal(1, market.Counts.OrdersRepeated);
    }

    [Fact]
    public async Task Orders_without_evidence_beyond_the_bound_are_forgotten_oldest_first()
    {
        PaperOrder[] orders = [Paper.Order(1, 200, TwoPools.Cycle), Paper.Order(2, 201, TwoPools.Cycle)];
        var (_, unknown) = await Over(TwoPools.Open().At(101), new PaperLimits()).Run(orders);
        var market = Over(TwoPools.Open().At(101), new PaperLimits { KnownUnknownMax = 1 });
        market.Restore(orders.Zip(unknown, (order, outcome) => new PaperSettlement(order, outcome)));

        var (_, again) = await market.Run(orders);

        Assert.All(unknown, outcome => Assert.Equal(BundleOutcomeKind.Unknown, outcome.Kind));
        Assert.Equal(orders[0].Opportunity, Assert.Single(again).Opportunity);
        Assert.Equal(1, Count(market, "paper.known-unknown"));
    }

    [Fact]
    public async Task Dead_slots_beyond_the_bound_are_forgotten_longest_known_first()
    {
        var feed = TwoPools.Open().At(101).Write(TwoPools.First, TwoPools.Deep, TwoPools.Deep).At(102);
        foreach (var slot in new ulong[] { 101, 98 })
            feed.Event(FeedEvent.SlotIs(SlotStatus.Dead, new Slot(slot), new Slot(slot - 1)));
        feed.At(103);
        var (strict, forgetful) = (Over(feed, new PaperLimits()), Over(feed, new PaperLimits { DeadSlotsMax = 1 }));

        var (_, unknown) = await strict.Run(Paper.Order(1, 103, TwoPools.Cycle));
        var (_, settled) = await forgetful.Run(Paper.Order(1, 103, TwoPools.Cycle));

        Assert.Equal(OutcomeCause.Unobserved, Assert.Single(unknown).Cause);
        Assert.Equal(0, Count(strict, "paper.dead-slots"));
        Assert.Equal(OutcomeCause.Landed, Assert.Single(settled).Cause);
        Assert.Equal(1, Count(forgetful, "paper.dead-slots"));
    }

    private static PaperMarket Over(IMarketFeed feed, PaperLimits limits) =>
        new(feed, TestPool.Create, TestPool.NoPoolOf, limits: limits);

    private static long Count(PaperMarket market, string name) =>
        Assert.Single(market.Limits(), limit => limit.Name == name).Count;
}
