using System.Text.Json;
using Mev.Domain.Auctions;

namespace Mev.Domain.Tests.Auctions;

public sealed class ChanceStreamTests
{
    [Fact]
    public void The_generator_gives_known_words()
    {
        Assert.Equal(0x5692161d100b05e5UL, MixStream.Mix(1));
        var draws = MixStream.Of(9000, 2, 0);
        Assert.Equal(
            [0xa7709f253ad3b034UL, 0x56e43d7a810c7a8eUL, 0x7ef719c73873c2d4UL],
            [draws.Word(), draws.Word(), draws.Word()]);
    }

    [Fact]
    public void Pool_effects_and_the_first_opportunities_are_those_of_the_reference()
    {
        using var json = AuctionReference.Read();
        var chances = new ChanceStream(9000, new AuctionTerms());
        var effects = json.RootElement.GetProperty("pool_effects_0_1_49");
        AssertClose(effects[0], chances.PoolEffects[0]);
        AssertClose(effects[1], chances.PoolEffects[1]);
        AssertClose(effects[2], chances.PoolEffects[49]);
        foreach (var expected in json.RootElement.GetProperty("opportunities").EnumerateArray())
            AssertEqual(expected, chances.Next());
    }

    [Fact]
    public void The_first_auction_and_the_last_time_are_those_of_the_reference()
    {
        using var json = AuctionReference.Read();
        var chances = new ChanceStream(9000, new AuctionTerms());
        var first = chances.Next();
        var price = AuctionPrice.Of(first, new RivalField(chances.PoolEffects), new AuctionTerms().Level);
        var expected = json.RootElement.GetProperty("first_auction");
        Assert.Equal(expected.GetProperty("deciding_tick").GetInt32(), price.DecidingTick);
        AssertClose(expected.GetProperty("best_rival_bid_sol"), price.BestBidSol);
        var last = first;
        while (last.Id < AuctionReference.Horizon - 1) last = chances.Next();
        AssertClose(json.RootElement.GetProperty("last_opportunity_t_s"), last.AtSeconds);
    }

    private static void AssertEqual(JsonElement expected, ContestedChance chance)
    {
        Assert.Equal(
            string.Join(' ', Names(expected, "id", "pool", "regime", "young", "leader")),
            string.Join(
                ' ', chance.Id, chance.Pool, chance.Market.Pressure + 1, chance.IsYoung ? 1 : 0,
                chance.HasLeader ? 1 : 0));
        AssertClose(expected.GetProperty("t_s"), chance.AtSeconds);
        AssertClose(expected.GetProperty("congestion"), chance.Market.Congestion);
        AssertClose(expected.GetProperty("congestion_observed"), chance.SeenCongestion);
        AssertClose(expected.GetProperty("slot_position"), chance.SlotPosition);
        AssertClose(expected.GetProperty("tick_phase"), chance.TickPhase);
        AssertClose(expected.GetProperty("u_survive"), chance.SurvivalDraw);
        AssertClose(expected.GetProperty("u_attribute"), chance.AttributionDraw);
        AssertClose(expected.GetProperty("u_never"), chance.NeverDraw);
        AssertClose(expected.GetProperty("v_sol"), chance.ValueSol);
        AssertClose(expected.GetProperty("vhat_sol"), chance.SeenValueSol);
        AssertClose(expected.GetProperty("ours_standard_ms"), chance.StandardLatencyMs);
        AssertClose(expected.GetProperty("ours_fast_ms"), chance.FastLatencyMs);
        AssertClose(expected.GetProperty("landed_delay_s"), chance.LandedDelaySeconds);
        for (var rival = 0; rival < RivalLaw.Count; rival++)
        {
            var entry = chance.Rivals[rival];
            Assert.Equal(expected.GetProperty("rival_participates")[rival].GetBoolean(), entry.Participates);
            AssertClose(expected.GetProperty("rival_eta")[rival], entry.Error);
            AssertClose(expected.GetProperty("rival_latency_ms")[rival], entry.LatencyMs);
            AssertClose(expected.GetProperty("rival_u")[rival], entry.Choice);
        }
    }

    private static IEnumerable<string> Names(JsonElement element, params IEnumerable<string> names) =>
        names.Select(name => element.GetProperty(name).GetRawText());

    private static void AssertClose(JsonElement expected, double actual) =>
        Assert.Equal(1.0, actual / expected.GetDouble(), 1e-12);
}
