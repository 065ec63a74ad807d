using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

public sealed class PaperSettlementTests
{
    [Fact]
    public async Task Order_lands_at_the_start_of_its_slot_with_the_exact_profit()
    {
        var feed = TwoPools.Open().At(101).At(102).At(103);
        var order = Paper.Order(7, landsIn: 102, TwoPools.Cycle);
        var market = Paper.Over(feed);

        var (batches, outcomes) = await market.Run(order);

        var outcome = Assert.Single(outcomes);
        var bought = feed.Pool(TwoPools.First).QuoteExactIn(SwapDirection.AToB, order.AmountIn, default).AmountOut;
        var sold = feed.Pool(TwoPools.Second).QuoteExactIn(SwapDirection.BToA, bought, default).AmountOut;
        Assert.Equal((BundleOutcomeKind.Landed, OutcomeCause.Landed), (outcome.Kind, outcome.Cause));
        Assert.Equal((long)(sold.Units - order.AmountIn.Units) - 5_000, outcome.Realised.Value);
        Assert.Equal(order.Tip, outcome.TipPaid);
        Assert.Equal(new Slot(102), outcome.Slot);
        Assert.Null(outcome.WinnerTip);
        Assert.Equal(1_700_000_101_000, outcome.ObservedMs);
        Assert.Equal(feed.Batches.Count + 1, batches.Count);
        Assert.Contains("SlotStatus 102", batches[3]); // the landing stands before it, at place 2
        Assert.Equal(4, batches[2].Split('\n').Count(line => line.StartsWith("write", StringComparison.Ordinal)));
        Assert.Equal(new FeedCursor(3, new Slot(102), 4), outcome.Cursor);
        Assert.StartsWith(outcome.Cursor.ToString(), batches[2]);
        Assert.Equal(1, market.Counts.Landed);
    }

    [Fact]
    public async Task Cycle_that_does_not_pay_any_more_is_late()
    {
        var feed = TwoPools.Open().At(101).Swap(TwoPools.First, SwapDirection.AToB, 50_000_000_000).At(102);

        var (_, outcomes) = await Paper.Over(feed).Run(Paper.Order(1, 102, TwoPools.Cycle));

        AssertRefused(outcomes, OutcomeCause.Late);
    }

    [Fact]
    public async Task Failing_hop_is_late()
    {
        var feed = TwoPools.Open().At(101).At(102);
        var order = Paper.Order(1, 102, TwoPools.Cycle, amountIn: 1); // buys nothing after the fee

        var (_, outcomes) = await Paper.Over(feed).Run(order);

        AssertRefused(outcomes, OutcomeCause.Late);
    }

    [Fact]
    public async Task Value_up_to_the_tip_meets_the_value_guard_and_one_more_lands()
    {
        var value = await Value();

        var (_, refused) = await Paper.Over(Feed()).Run(Paper.Order(1, 102, TwoPools.Cycle, tip: value));
        var (_, landed) = await Paper.Over(Feed()).Run(Paper.Order(1, 102, TwoPools.Cycle, tip: value - 1));

        AssertRefused(refused, OutcomeCause.ValueGuard);
        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(landed).Kind);

        static Scene Feed() => TwoPools.Open().At(101).At(102);

        static async Task<long> Value()
        {
            var (_, outcomes) = await Paper.Over(Feed()).Run(Paper.Order(1, 102, TwoPools.Cycle));
            return outcomes[0].Realised.Value;
        }
    }

    [Theory]
    [InlineData(10_000, OutcomeCause.Outbid)]
    [InlineData(10_001, OutcomeCause.Landed)]
    public async Task Tip_has_to_exceed_the_floor(long tip, OutcomeCause cause)
    {
        var feed = TwoPools.Open().At(101).At(102);

        var (_, outcomes) = await Paper.Over(feed).Run(Paper.Order(1, 102, TwoPools.Cycle, tip: tip, floor: 10_000));

        var outcome = Assert.Single(outcomes);
        Assert.Equal(cause, outcome.Cause);
        Assert.Equal(cause == OutcomeCause.Outbid ? new Lamports(10_000) : null, outcome.WinnerTip);
    }

    [Fact]
    public async Task Hops_that_make_no_cycle_are_a_bug_of_ours()
    {
        var feed = TwoPools.Open().At(101).At(102);
        Hop[] open = [new(TwoPools.First, SwapDirection.AToB), new(TwoPools.Third, SwapDirection.AToB)];

        var (_, outcomes) = await Paper.Over(feed).Run(
            Paper.Order(1, 102, open), Paper.Order(2, 102, [new(Scene.Id(99), SwapDirection.AToB)]));

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeCause.Bug, outcome.Cause));
        Assert.Equal(2, outcomes.Count);
    }

    [Fact]
    public async Task Without_evidence_the_outcome_is_unknown()
    {
        var gapped = TwoPools.Open().At(101).Event(FeedEvent.Gap(new Slot(101))).At(102);
        var dead = TwoPools.Open().At(101).Write(TwoPools.First, TwoPools.Deep, TwoPools.Deep)
            .Event(FeedEvent.SlotIs(SlotStatus.Dead, new Slot(101))).At(102);
        var tooShort = TwoPools.Open().At(101);

        foreach (var feed in new[] { gapped, dead, tooShort })
        {
            var (batches, outcomes) = await Paper.Over(feed).Run(Paper.Order(1, 102, TwoPools.Cycle));
            var outcome = Assert.Single(outcomes);
            Assert.Equal((BundleOutcomeKind.Unknown, OutcomeCause.Unobserved), (outcome.Kind, outcome.Cause));
            Assert.Equal(feed.Batches.Count, batches.Count);
        }
    }

    [Fact]
    public async Task Gap_ends_with_a_complete_snapshot()
    {
        var feed = TwoPools.Open().At(101).Event(FeedEvent.Gap(new Slot(101)))
            .Event(FeedEvent.SnapshotComplete(new Slot(101))).At(102);

        var (_, outcomes) = await Paper.Over(feed).Run(Paper.Order(1, 102, TwoPools.Cycle));

        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(outcomes).Kind);
    }

    [Fact]
    public async Task Orders_of_one_slot_settle_by_landing_slot_then_by_opportunity()
    {
        // The slots 102 and 103 are passed over, so all three are due at 104; the gap is enough for one of them.
        var feed = TwoPools.Open().At(101).At(104);
        const ulong All = 12_000_000_000;

        var (_, outcomes) = await Paper.Over(feed).Run(
            Paper.Order(1, 103, TwoPools.Cycle, All), Paper.Order(9, 102, TwoPools.Cycle, All),
            Paper.Order(5, 102, TwoPools.Cycle, All));

        Assert.Equal([5, 9, 1], outcomes.Select(outcome => outcome.Opportunity.Value.ToArray()[0]));
        Assert.Equal(BundleOutcomeKind.Landed, outcomes[0].Kind);
        Assert.All(outcomes[1..], outcome => Assert.Equal(OutcomeCause.Late, outcome.Cause));
        Assert.All(outcomes, outcome => Assert.Equal(new Slot(104), outcome.Slot));
    }

    [Fact]
    public async Task Order_that_comes_late_settles_at_the_next_slot()
    {
        var feed = TwoPools.Open().At(101).At(102).Swap(TwoPools.Third, SwapDirection.AToB, 1_000).At(103);
        var market = Paper.Over(feed);
        await foreach (var batch in market.Read(TestContext.Current.CancellationToken))
            if (batch.Cursor.Position == 4) market.Submit(Paper.Order(1, 102, TwoPools.Cycle));

        Assert.True(market.Outcomes.TryRead(out var outcome));
        Assert.Equal((BundleOutcomeKind.Landed, new Slot(103)), (outcome.Kind, outcome.Slot));
    }

    private static void AssertRefused(List<BundleOutcome> outcomes, OutcomeCause cause)
    {
        var outcome = Assert.Single(outcomes);
        Assert.Equal((BundleOutcomeKind.Refused, cause), (outcome.Kind, outcome.Cause));
        Assert.Equal(Lamports.Zero, outcome.Realised);
        Assert.Equal(Lamports.Zero, outcome.TipPaid);
    }
}
