using Mev.Domain.Bundles;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Adapters.Tests.Paper;

public sealed class SpentCycleTests
{
    private const ulong Deep = TwoPools.Deep;

    [Fact]
    public async Task Standing_gap_of_a_feed_of_bytes_pays_once()
    {
        var feed = TwoPools.Open().At(101).At(102);
        for (var slot = 103UL; slot < 113; slot++) Stand(feed).At(slot);
        var market = Paper.Over(feed);

        var (_, outcomes) = await market.Run(
            [.. Enumerable.Range(0, 11).Select(i => Paper.Order((byte)(i + 1), 102 + (ulong)i, TwoPools.Cycle))]);

        Assert.Equal(BundleOutcomeKind.Landed, outcomes[0].Kind);
        Assert.All(outcomes[1..], outcome => Assert.Equal(OutcomeCause.Late, outcome.Cause));
        Assert.Equal((1, 10, 0), (market.Counts.Landed, market.Counts.RefusedSpent, market.Counts.RefusedLate));
        Assert.Equal(11, outcomes.Count);
    }

    [Fact]
    public async Task Feed_that_closes_its_gap_lets_the_cycle_pay_again()
    {
        var feed = Stand(TwoPools.Open().At(101).At(102)).Write(TwoPools.First, Deep / 100 * 105, Deep).At(103);
        Stand(feed).At(104);

        var (_, outcomes) = await Paper.Over(feed).Run(
            Paper.Order(1, 102, TwoPools.Cycle), Paper.Order(2, 103, TwoPools.Cycle),
            Paper.Order(3, 104, TwoPools.Cycle));

        Assert.Equal(
            [OutcomeCause.Landed, OutcomeCause.Late, OutcomeCause.Landed], outcomes.Select(item => item.Cause));
    }

    [Fact]
    public async Task Smaller_gap_is_not_a_closed_one()
    {
        // At two percent the amount paid would lose, but a tenth of it would not.
        var feed = Stand(TwoPools.Open().At(101).At(102)).Write(TwoPools.First, Deep / 100 * 103, Deep).At(103);
        Stand(feed).At(104);
        var market = Paper.Over(feed);

        var (_, outcomes) = await market.Run(
            Paper.Order(1, 102, TwoPools.Cycle, 12_000_000_000),
            Paper.Order(2, 103, TwoPools.Cycle, 1_200_000_000), Paper.Order(3, 104, TwoPools.Cycle));

        Assert.Equal([OutcomeCause.Landed, OutcomeCause.Late, OutcomeCause.Late], outcomes.Select(item => item.Cause));
        Assert.Equal(2, market.Counts.RefusedSpent);
    }

    [Fact]
    public async Task Value_is_not_booked_again_through_another_way_round()
    {
        const ulong All = 12_000_000_000; // takes the first pool's whole mispricing
        var alone = TwoPools.Open().At(101).At(102);
        var feed = Stand(TwoPools.Open().At(101).At(102)).At(103);
        var market = Paper.Over(feed);

        var (_, before) = await Paper.Over(alone).Run(Paper.Order(2, 102, TwoPools.WayRound, All));
        var (_, outcomes) = await market.Run(
            Paper.Order(1, 102, TwoPools.Cycle, All / 2 * 3), Paper.Order(2, 103, TwoPools.WayRound, All));

        Assert.Equal(BundleOutcomeKind.Landed, Assert.Single(before).Kind);
        Assert.Equal([OutcomeCause.Landed, OutcomeCause.Late], outcomes.Select(item => item.Cause));
        Assert.Equal(1, market.Counts.RefusedSpent);
    }

    [Fact]
    public async Task Another_way_round_is_paid_only_what_is_left()
    {
        const ulong Some = 1_000_000_000;
        var feed = Stand(TwoPools.Open().At(101).At(102)).At(103);
        var untouched = TwoPools.Open().At(101).At(102);

        var (_, full) = await Paper.Over(untouched).Run(Paper.Order(2, 102, TwoPools.WayRound, Some));
        var (batches, outcomes) = await Paper.Over(feed).Run(
            Paper.Order(1, 102, TwoPools.Cycle, Some), Paper.Order(2, 103, TwoPools.WayRound, Some));

        Assert.Equal([OutcomeCause.Landed, OutcomeCause.Landed], outcomes.Select(item => item.Cause));
        Assert.InRange(outcomes[1].Realised.Value, 1, full[0].Realised.Value - 1);
        var first = feed.Pool(TwoPools.First); // the feed's own bytes; the landing shows both
        first.Execute(SwapDirection.AToB, new(Some), default, 1);
        first.Execute(SwapDirection.AToB, new(Some), default, 1);
        Assert.Contains(Convert.ToHexString(BitConverter.GetBytes(first.Reserve(0))), batches[^2]);
    }

    [Fact]
    public async Task Pool_passed_the_other_way_is_not_concerned()
    {
        Hop[] back = [new(TwoPools.Second, SwapDirection.AToB), new(TwoPools.First, SwapDirection.BToA)];
        var feed = Stand(TwoPools.Open().At(101).At(102)).Write(TwoPools.Second, Deep / 100 * 90, Deep).At(103);

        var (_, outcomes) = await Paper.Over(feed).Run(
            Paper.Order(1, 102, TwoPools.Cycle), Paper.Order(2, 103, back));

        Assert.Equal([OutcomeCause.Landed, OutcomeCause.Landed], outcomes.Select(item => item.Cause));
    }

    [Fact]
    public async Task Write_of_one_account_takes_the_whole_pool_back()
    {
        var feed = TwoPools.Open().At(101).At(102).Write(TwoPools.First, 0, Deep + 5).At(103);
        var market = Paper.Over(feed);

        var (batches, _) = await market.Run(Paper.Order(1, 102, TwoPools.Cycle));

        var writes = batches[^2].Split('\n').Where(line => line.StartsWith("write", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, writes.Count);
        Assert.EndsWith(Convert.ToHexString(BitConverter.GetBytes(Deep + 5)), writes[0]);
        Assert.EndsWith(Convert.ToHexString(BitConverter.GetBytes(Deep)), writes[1]);
        Assert.Equal(1, market.Counts.PoolsReset);
        Assert.NotEqual(Deep, ((TestPool)market.Find(TwoPools.Second)!).Reserve(1)); // this one is still moved
    }

    /// <summary>The same gap again, as a feed tells it that never saw us.</summary>
    private static Scene Stand(Scene feed) =>
        feed.Write(TwoPools.First, Deep, Deep).Write(TwoPools.Second, Deep / 100 * 105, Deep);
}
