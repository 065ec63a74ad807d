using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Paper;

public sealed class PaperSubmissionTests
{
    [Fact]
    public async Task Same_order_twice_has_the_effect_of_one()
    {
        var feed = TwoPools.Open().At(101).At(102).At(103);
        var order = Paper.Order(1, 102, TwoPools.Cycle);
        var market = Paper.Over(feed);
        market.Submit(order);

        var (batches, outcomes) = await market.Run(order);
        market.Submit(order);

        Assert.Single(outcomes);
        Assert.False(market.Outcomes.TryRead(out _));
        Assert.Equal(feed.Batches.Count + 1, batches.Count);
        Assert.Equal((1, 2), (market.Counts.Orders, market.Counts.OrdersRepeated));
    }

    [Fact]
    public async Task Order_after_the_end_of_the_feed_is_unknown()
    {
        var market = Paper.Over(TwoPools.Open().At(101));
        await market.Run();

        market.Submit(Paper.Order(1, 102, TwoPools.Cycle));

        Assert.True(market.Outcomes.TryRead(out var outcome));
        Assert.Equal(BundleOutcomeKind.Unknown, outcome.Kind);
    }

    /// <summary>The place in the feed from which on they count is known: a recorded run is repeated by it.</summary>
    [Fact]
    public async Task Held_orders_settle_with_the_batches_that_come_after_they_were_handed_in()
    {
        var order = Paper.Order(1, 102, TwoPools.Cycle);
        var market = Paper.Over(TwoPools.Open().At(101).At(102).At(103).At(104));
        market.Hold();
        var settled = new List<(ulong Taken, Slot Slot)>();
        await foreach (var batch in market.Read())
        {
            if (batch.Cursor.Slot == new Slot(101)) market.Submit(order);
            if (market.Outcomes.TryRead(out var outcome)) settled.Add((market.Taken, outcome.Slot));
            if (batch.Cursor.Slot == new Slot(103) && settled.Count == 0) Assert.Equal(market.Taken, market.HandIn());
        }
        Assert.Equal([(market.Taken - 1, new Slot(104))], settled); // with the batch of 104; the end counts as one
        market.Submit(Paper.Order(2, 102, TwoPools.Cycle));
        Assert.False(market.Outcomes.TryRead(out _));
        Assert.Equal(market.Taken, market.HandIn());
        Assert.True(market.Outcomes.TryRead(out var late));
        Assert.Equal(BundleOutcomeKind.Unknown, late.Kind);
    }

    [Fact]
    public async Task Message_that_is_not_the_intents_is_refused()
    {
        var order = Paper.Order(1, 102, TwoPools.Cycle);
        var message = order.Encode();
        var market = Paper.Over(TwoPools.Open());

        await Refused("message hash", message, Digest.Of([1]), order);
        await Refused("not a paper order", [.. message, 0], Digest.Of([.. message, 0]), order);
        await Refused(
            "is an order for", message, Digest.Of(message), order with { Opportunity = Paper.Opportunity(2) });
        Assert.Equal(0, market.Counts.Orders);

        async Task Refused(string why, byte[] bytes, Digest hash, PaperOrder claimed)
        {
            var submission = new BundleSubmission
            {
                Opportunity = claimed.Opportunity,
                Message = bytes,
                MessageHash = hash,
            };
            var error = await Assert.ThrowsAsync<ArgumentException>(async () => await market.Submit(submission));
            Assert.Contains(why, error.Message);
        }
    }
}
