using Mev.Domain.Chain;
using Mev.Domain.Learning;
using Mev.Domain.Pools;
using Mev.Domain.Tests.Decisions;

namespace Mev.Domain.Tests.Learning;

public sealed class SurroundingsTests
{
    private static readonly WinningFractions<PoolId> Fractions = new();

    [Fact]
    public void Features_and_bins_follow_from_what_is_recorded()
    {
        var surroundings = new Surroundings
        {
            Congestion = 0.7,
            IsYoung = true,
            SlotPosition = 0.9,
            PoolFraction = 0.4,
            MarketFraction = 0.6,
        };
        var value = new Lamports(4_000_000);
        Assert.Equal(FeatureVector.Of(value, 0.7, true, 0.4, 0.6), surroundings.FeaturesOf(value));
        Assert.Equal(3, surroundings.SurvivalBin);
        Assert.Equal(default, surroundings.FeaturesOf(Lamports.Zero));
        Assert.True(surroundings.IsPossible && Surroundings.Unknown.IsPossible);
    }

    [Theory]
    [InlineData(4.1, 0.0, 0.5, 0.5)]
    [InlineData(double.NaN, 0.0, 0.5, 0.5)]
    [InlineData(0.0, 1.1, 0.5, 0.5)]
    [InlineData(0.0, -0.1, 0.5, 0.5)]
    [InlineData(0.0, 0.0, 1.3, 0.5)]
    [InlineData(0.0, 0.0, 0.5, double.NaN)]
    public void Numbers_that_cannot_be_are_seen(double congestion, double position, double pool, double market) =>
        Assert.False(new Surroundings
        {
            Congestion = congestion,
            SlotPosition = position,
            PoolFraction = pool,
            MarketFraction = market,
        }.IsPossible);

    [Fact]
    public void A_pool_is_young_for_a_day_and_one_that_does_not_tell_is_not()
    {
        var chance = Chances.Of(5_000_000);
        var now = chance.Clock.UnixTime;
        Assert.False(Surroundings.Around(chance, 0, 0.0, Fractions).IsYoung);
        Assert.True(Young(now - 86_399));
        Assert.False(Young(now - 86_400));
        Assert.False(Young(0));

        bool Young(long opened) =>
            Surroundings.Around(chance with { OpenedUnixTime = opened }, 0, 0.0, Fractions).IsYoung;
    }

    [Theory]
    [InlineData(0, 5_000_000_000, 0.0)]
    [InlineData(4_900_000_000, 5_000_000_000, 0.25)]
    [InlineData(1_000_000_000, 5_000_000_000, 1.0)]
    [InlineData(6_000_000_000, 5_000_000_000, 0.0)]
    public void Its_place_in_the_slot_is_counted_from_the_slots_first_update(
        long startedNs, long receivedNs, double expected)
    {
        var chance = Chances.Of(5_000_000) with { ReceivedNs = receivedNs };
        Assert.Equal(expected, Surroundings.Around(chance, startedNs, 0.0, Fractions).SlotPosition);
    }

    [Fact]
    public void The_pools_fraction_is_the_mean_over_the_cycle()
    {
        var chance = Chances.Of(5_000_000);
        var fractions = new WinningFractions<PoolId>();
        fractions.Learn(chance.Hops[0].Hop.Pool, 1.0);
        fractions.LearnMarket(1.0);
        var around = Surroundings.Around(chance, 0, -1.5, fractions);
        Assert.Equal((0.54 + 0.5) / 2.0, around.PoolFraction, 1e-15);
        Assert.Equal(0.515, around.MarketFraction, 1e-15);
        Assert.Equal(-1.5, around.Congestion);
    }

    [Fact]
    public void A_decision_of_the_sampler_that_looks_around_allocates_nothing_up_to_its_choice()
    {
        var (chance, sampler) = (Chances.Of(5_000_000), new FactoredSampler(FactoredTerms.Floor));
        var key = RandomKey.Of("arb-1", 1);
        Decide(chance, sampler, key, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tips = Decide(chance, sampler, key, 1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(tips > 0);
    }

    private static long Decide(
        Mev.Domain.Opportunities.Opportunity chance, FactoredSampler sampler, RandomKey key, int count)
    {
        var tips = 0L;
        for (var i = 0; i < count; i++)
        {
            var around = Surroundings.Around(chance, 1, i % 3, Fractions);
            var context = new ChoiceContext
            {
                Value = chance.GrossProfit,
                TipFloor = Arm.TipMin,
                TipCap = chance.GrossProfit,
                FastRouteCost = Lamports.Zero,
                Features = around.FeaturesOf(chance.GrossProfit),
                SurvivalBin = around.SurvivalBin,
            };
            tips += sampler.Choose(context, new DrawStream(key, (ulong)i)).Tip.Value;
        }
        return tips;
    }
}
