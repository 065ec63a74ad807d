using Mev.Adapters.Paper;
using Mev.Domain.Bundles;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

public sealed class PaperRestartTests
{
    [Fact]
    public async Task Same_feed_and_orders_give_the_same_batches_and_outcomes()
    {
        var first = await Paper.Over(Feed()).Run(Orders());
        var second = await Paper.Over(Feed()).Run([.. Orders().Reverse()]);

        Assert.Equal(first.Batches, second.Batches);
        Assert.Equal(first.Outcomes, second.Outcomes);
        Assert.Contains(first.Outcomes, outcome => outcome.Kind == BundleOutcomeKind.Landed);
    }

    [Fact]
    public async Task Restored_landings_come_at_their_places_and_the_rest_is_the_same()
    {
        var whole = await Paper.Over(Feed()).Run(Orders());
        var orders = Orders().ToDictionary(order => order.Opportunity);

        for (var journalled = 0; journalled <= whole.Outcomes.Count; journalled++)
        {
            var settled = whole.Outcomes.Take(journalled).ToList();
            var market = Paper.Over(Feed());
            market.Restore(settled.Select(outcome => new PaperSettlement(orders[outcome.Opportunity], outcome)));
            var open = orders.Values.Where(order => settled.All(outcome => outcome.Opportunity != order.Opportunity));

            var (batches, outcomes) = await market.Run([.. open]);

            Assert.Equal(whole.Batches, batches);
            Assert.Equal(whole.Outcomes.Skip(journalled), outcomes);
            Assert.Equal(settled.Count(item => item.Kind == BundleOutcomeKind.Landed), market.Counts.LandingsRepeated);
        }
    }

    [Fact]
    public async Task Second_reading_repeats_the_first()
    {
        var market = Paper.Over(Feed());
        var (first, outcomes) = await market.Run(Orders());

        var (second, again) = await market.Run();

        Assert.Equal(first, second);
        Assert.NotEmpty(outcomes);
        Assert.Empty(again);
    }

    [Fact]
    public async Task Settled_order_submitted_after_a_restart_has_no_effect()
    {
        var (_, outcomes) = await Paper.Over(Feed()).Run(Orders());
        var orders = Orders().ToDictionary(order => order.Opportunity);
        var market = Paper.Over(Feed());
        market.Restore(outcomes.Select(outcome => new PaperSettlement(orders[outcome.Opportunity], outcome)));

        var (_, again) = await market.Run(Orders());

        Assert.Empty(again);
        Assert.Equal((0, Orders().Length), (market.Counts.Orders, market.Counts.OrdersRepeated));
    }

    [Fact]
    public async Task Landing_that_this_feed_does_not_yield_stops_the_reading()
    {
        var (_, outcomes) = await Paper.Over(Feed()).Run(Orders());
        var orders = Orders().ToDictionary(order => order.Opportunity);
        var other = Paper.Over(TwoPools.Open().At(101).Swap(TwoPools.First, SwapDirection.BToA, 9_999).At(102).At(105));
        other.Restore(outcomes.Select(outcome => new PaperSettlement(orders[outcome.Opportunity], outcome)));

        var error = await Assert.ThrowsAsync<FeedException>(() => other.Run());

        Assert.Contains("does not come out again", error.Message);
    }

    [Fact]
    public async Task As_far_as_possible_a_landing_of_another_value_is_applied_and_counted()
    {
        // Of two landings only the second was journalled: the first was gone with the process.
        var orders = new[] { Paper.Order(1, 102, TwoPools.Cycle), Paper.Order(2, 103, TwoPools.WayRound) };
        var (_, outcomes) = await Paper.Over(Feed()).Run(orders);
        Assert.All(outcomes, outcome => Assert.Equal(BundleOutcomeKind.Landed, outcome.Kind));
        var market = new PaperMarket(
            Feed(), TestPool.Create, TestPool.NoPoolOf, LandingRepetition.AsFarAsPossible);
        market.Restore([new PaperSettlement(orders[1], outcomes[1])]);

        var (batches, again) = await market.Run();

        Assert.Empty(again);
        Assert.Equal(Feed().Batches.Count + 1, batches.Count);
        Assert.Equal((1, 0), (market.Counts.LandingsDiffering, market.Counts.LandingsRepeated));
    }

    [Fact]
    public async Task Settlements_are_not_restored_into_a_running_reading()
    {
        var market = Paper.Over(Feed());
        await using var reading = market.Read(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await reading.MoveNextAsync();

        Assert.Throws<InvalidOperationException>(() => market.Restore([]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => market.Run());
    }

    private static PaperOrder[] Orders() =>
    [
        Paper.Order(3, 102, TwoPools.Cycle), Paper.Order(2, 102, TwoPools.WayRound),
        Paper.Order(4, 103, TwoPools.Cycle, 2_000_000_000), Paper.Order(5, 103, TwoPools.Cycle, tip: 10, floor: 20),
        Paper.Order(6, 105, TwoPools.Cycle), Paper.Order(7, 104, TwoPools.WayRound, 60_000_000_000),
    ];

    private static Scene Feed() => TwoPools.Open().At(101).Swap(TwoPools.Fourth, SwapDirection.AToB, 5_000_000)
        .At(102).Swap(TwoPools.First, SwapDirection.BToA, 3_000_000).Swap(TwoPools.Third, SwapDirection.AToB, 4_000)
        .At(103).Write(TwoPools.Second, TwoPools.Deep / 100 * 104, TwoPools.Deep)
        .At(104).Swap(TwoPools.Second, SwapDirection.AToB, 3_000_000)
        .At(105).Swap(TwoPools.First, SwapDirection.AToB, 12_345);
}
