using Mev.Adapters.Jito;
using Mev.Adapters.Jito.Leaders;
using Mev.Adapters.Jito.Wire;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Adapters.Tests.Jito;

public sealed class LeaderCacheTests
{
    private static readonly JitoRegionOptions Tokyo = new() { Name = "tokyo" };
    private static readonly JitoRegionOptions NewYork = new() { Name = "ny" };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_leader_within_the_horizon_is_sent_to_in_its_region()
    {
        var cache = Cache(new JitoOptions { Regions = [NewYork, Tokyo] });
        cache.Take(Told(("tokyo", 108), ("ny", 110), ("paris", 100)));
        Assert.Null(cache.Choose().Region); // nobody told the slot yet
        cache.Take(Now(100));
        Assert.Equal(("tokyo", TipAccounts.Config.ToString()), (cache.Choose().Region, cache.Choose().Leader));
        Assert.Equal(new Slot(100), cache.Slot);
        cache.Saw(new Slot(109));
        Assert.Equal("ny", cache.Choose().Region);
        cache.Saw(new Slot(111));
        Assert.Contains("no leader", cache.Choose().Why);
    }

    [Fact]
    public void One_that_is_far_comes_near_leads_its_slots_and_is_over()
    {
        var cache = Cache(new JitoOptions { Regions = [Tokyo] });
        cache.Saw(new Slot(100));
        cache.Take(Told(("tokyo", 109), ("tokyo", 110), ("tokyo", 111), ("tokyo", 112), ("tokyo", 130)));
        Assert.Null(cache.Choose().Region);
        Assert.Contains("9 slots ahead", cache.Choose().Why);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(TimeSpan.FromMilliseconds(400 * 11));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Contains("17 slots ahead", cache.Choose().Why);
    }

    [Fact]
    public void Without_fresh_and_sane_answers_there_is_no_leader()
    {
        var options = new JitoOptions { Regions = [Tokyo], LeaderHorizonSlots = 1_000 };
        var cache = Cache(options);
        Assert.Null(cache.Choose().Region);
        Assert.True(cache.IsSlotOld);
        cache.Take(Now(ulong.MaxValue));
        Assert.True(cache.IsSlotOld);
        cache.Take(Now(100));
        Assert.False(cache.IsSlotOld);
        cache.Take(Told(("tokyo", 900)));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(options.LeaderAgeMax + TimeSpan.FromMilliseconds(1));
        Assert.Contains("old", cache.Choose().Why);
        Assert.True(cache.IsSlotOld);
        cache.Saw(new Slot(200));
        Assert.Contains("old", cache.Choose().Why); // the leaders are
        var nobody = new ConnectedLeadersResponse { ConnectedValidators = { ["nobody"] = new() { Slots = { 900 } } } };
        cache.Take(new ConnectedLeadersRegionedResponse { ConnectedValidators = { ["tokyo"] = nobody } });
        Assert.Null(cache.Choose().Region);
    }

    [Fact]
    public void The_feed_is_nearer_to_the_slot_than_the_engine_as_long_as_it_tells()
    {
        var options = new JitoOptions { Regions = [Tokyo] };
        var cache = Cache(options);
        cache.Saw(new Slot(100));
        cache.Take(Now(5_000));
        cache.Saw(new Slot(99)); // of another fork
        Assert.Equal(new Slot(100), cache.Slot);
        _time.Advance(options.LeaderInterval + TimeSpan.FromMilliseconds(1));
        cache.Take(Now(50)); // a chain that began anew
        Assert.Equal(new Slot(50), cache.Slot);
        cache.Saw(new Slot(51));
        Assert.Equal(new Slot(51), cache.Slot);
    }

    [Fact]
    public void What_no_region_takes_goes_to_the_global_host_where_there_is_one()
    {
        var alone = Cache(new JitoOptions { Regions = [NewYork] });
        Assert.Null(alone.Choose().Region);
        var backed = Cache(new JitoOptions { Regions = [NewYork], Global = new JitoRegionOptions { Name = "all" } });
        backed.Saw(new Slot(100));
        backed.Take(Told(("tokyo", 101)));
        Assert.Equal("all", backed.Choose().Region);
    }

    private LeaderCache Cache(JitoOptions options) => new(options, _time);

    private static NextScheduledLeaderResponse Now(ulong slot) => new() { CurrentSlot = slot };

    private static ConnectedLeadersRegionedResponse Told(params (string Region, ulong Slot)[] leaders)
    {
        var told = new ConnectedLeadersRegionedResponse();
        foreach (var region in leaders.ToLookup(one => one.Region, one => one.Slot))
        {
            told.ConnectedValidators.Add(region.Key, new ConnectedLeadersResponse
            {
                ConnectedValidators = { [TipAccounts.Config.ToString()] = new SlotList { Slots = { region } } },
            });
        }
        return told;
    }
}
