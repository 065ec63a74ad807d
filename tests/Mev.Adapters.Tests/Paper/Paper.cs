using Mev.Adapters.Paper;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Feed;
using Mev.Domain.Opportunities;

namespace Mev.Adapters.Tests.Paper;

/// <summary>Orders, and readings of a paper market in lock-step.</summary>
internal static class Paper
{
    public static PaperMarket Over(IMarketFeed feed) => new(feed, TestPool.Create, TestPool.NoPoolOf);

    public static OpportunityId Opportunity(byte number) => new(new Digest([.. Enumerable.Repeat(number, 32)]));

    public static PaperOrder Order(
        byte opportunity, ulong landsIn, Hop[] hops, ulong amountIn = 1_000_000_000, long tip = 100_000,
        long floor = 10_000) =>
        new()
        {
            Opportunity = Opportunity(opportunity),
            Hops = [.. hops],
            AmountIn = new TokenAmount(amountIn),
            Tip = new Lamports(tip),
            Fee = new Lamports(5_000),
            Route = Route.Standard,
            DecidedIn = new Slot(landsIn - 2),
            LandsIn = new Slot(landsIn),
            TipFloor = new Lamports(floor),
        };

    public static void Submit(this PaperMarket market, PaperOrder order)
    {
        var message = order.Encode();
        var submitted = market.Submit(new BundleSubmission
        {
            Opportunity = order.Opportunity,
            Message = message,
            MessageHash = Digest.Of(message),
        });
        Assert.True(submitted.IsCompletedSuccessfully);
    }

    /// <summary>Reads to the end; orders are submitted before the reading.</summary>
    public static async Task<(List<string> Batches, List<BundleOutcome> Outcomes)> Run(
        this PaperMarket market, params PaperOrder[] orders)
    {
        foreach (var order in orders) market.Submit(order);
        List<string> batches = [];
        List<BundleOutcome> outcomes = [];
        await foreach (var batch in market.Read(TestContext.Current.CancellationToken)) batches.Add(Frozen.Of(batch));
        while (market.Outcomes.TryRead(out var outcome)) outcomes.Add(outcome);
        return (batches, outcomes);
    }
}
