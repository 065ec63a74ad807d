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

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_leader_within_the_horizon_is_sent_to_in_its_region()
    {
        var cache = Cache(new JitoOptions { Regions = [new JitoRegionOptions { Name = "ny" }, Tokyo] });
        cache.Take(Told(slot: 100, leader: 108));
        Assert.Equal(("tokyo", TipAccounts.Config.ToString()), (cache.Choose().Region, cache.Choose().Leader));
        Assert.Equal(new Slot(100), cache.Slot);
    }

    [Fact]
    public void One_that_is_far_comes_near_leads_four_slots_and_is_over()
    {
        var cache = Cache(new JitoOptions { Regions = [Tokyo] });
        cache.Take(Told(slot: 100, leader: 109));
        Assert.Null(cache.Choose().Region);
        Assert.Contains("9 slots ahead", cache.Choose().Why);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(TimeSpan.FromMilliseconds(400 * 11));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Null(cache.Choose().Region);
    }

    [Fact]
    public void Without_a_fresh_and_sane_answer_there_is_no_leader()
    {
        var cache = Cache(new JitoOptions { Regions = [Tokyo], LeaderHorizonSlots = 1_000 });
        Assert.Null(cache.Choose().Region);
        cache.Take(Told(slot: 100, leader: 900));
        Assert.Equal("tokyo", cache.Choose().Region);
        _time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.Contains("old", cache.Choose().Why);
        cache.Take(Told(slot: 100, leader: 99));
        Assert.Null(cache.Choose().Region);
        cache.Take(Told(slot: ulong.MaxValue, leader: ulong.MaxValue));
        Assert.Null(cache.Choose().Region);
        var nobody = Told(slot: 100, leader: 101);
        nobody.NextLeaderIdentity = "nobody";
        cache.Take(nobody);
        Assert.Null(cache.Choose().Region);
    }

    [Fact]
    public void What_no_region_takes_goes_to_the_global_host_where_there_is_one()
    {
        var regions = new[] { new JitoRegionOptions { Name = "ny" } };
        var alone = Cache(new JitoOptions { Regions = regions });
        alone.Take(Told(slot: 100, leader: 101));
        Assert.Contains("'tokyo' is not configured", alone.Choose().Why);
        var backed = Cache(new JitoOptions { Regions = regions, Global = new JitoRegionOptions { Name = "all" } });
        backed.Take(Told(slot: 100, leader: 101));
        Assert.Equal("all", backed.Choose().Region);
    }

    private LeaderCache Cache(JitoOptions options) => new(options, _time);

    private static NextScheduledLeaderResponse Told(ulong slot, ulong leader) => new()
    {
        CurrentSlot = slot,
        NextLeaderSlot = leader,
        NextLeaderIdentity = TipAccounts.Config.ToString(),
        NextLeaderRegion = "tokyo",
    };
}
