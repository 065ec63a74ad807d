using Mev.Domain.Chain;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

public sealed class CongestionScaleTests
{
    private const long MinuteMs = 60_000;

    [Fact]
    public void It_is_standardised_over_the_last_hour()
    {
        var scale = new CongestionScale();
        for (var i = 1; i < 40; i++) scale.Take(i * MinuteMs, Tip(i % 2 == 0 ? 10_000 : 20_000));
        scale.Take(40 * MinuteMs, Tip(20_000));
        var lns = Enumerable.Range(1, 39).Select(i => Math.Log(i % 2 == 0 ? 10_000 : 20_000))
            .Append(Math.Log(20_000)).ToArray();
        var mean = lns.Average();
        var deviation = Math.Sqrt(lns.Average(ln => (ln - mean) * (ln - mean)));
        Assert.Equal((Math.Log(20_000) - mean) / deviation, scale.Standardised, 1e-9);
    }

    [Fact]
    public void Nothing_is_said_before_twenty_tips_and_none_of_an_earlier_hour_counts()
    {
        var scale = new CongestionScale();
        for (var i = 1; i < 20; i++) scale.Take(i * MinuteMs, Tip(1_000 * i));
        Assert.Equal(0.0, scale.Standardised);
        scale.Take(20 * MinuteMs, Tip(20_000));
        Assert.True(scale.Standardised > 0.5);
        scale.Take(20 * MinuteMs + 2 * 60 * MinuteMs, Tip(90_000));
        Assert.Equal(0.0, scale.Standardised);
    }

    [Theory]
    [InlineData(60, true)] // the first tip is just an hour old
    [InlineData(61, false)]
    public void A_tip_counts_for_an_hour_and_no_longer(int later, bool isSaid)
    {
        var scale = new CongestionScale();
        for (var i = 0; i < 19; i++) scale.Take(MinuteMs + i, Tip(10_000));
        scale.Take((1 + later) * MinuteMs, Tip(20_000));
        Assert.Equal(isSaid, scale.Standardised > 0.0);
    }

    [Fact]
    public void Hostile_tips_are_ignored_and_it_keeps_its_bounds()
    {
        var scale = new CongestionScale();
        for (var i = 1; i <= 50; i++) scale.Take(i * MinuteMs, Tip(10_000));
        Assert.Equal(0.0, scale.Standardised, 1e-9);
        scale.Take(51 * MinuteMs, Tip(long.MaxValue));
        Assert.Equal(Surroundings.CongestionMax, scale.Standardised);
        scale.Take(52 * MinuteMs, Tip(0));
        scale.Take(52 * MinuteMs, Tip(-5));
        scale.Take(50 * MinuteMs, Tip(1));
        Assert.Equal(Surroundings.CongestionMax, scale.Standardised);
    }

    [Fact]
    public void Beyond_the_bound_the_oldest_tip_gives_way()
    {
        var scale = new CongestionScale();
        scale.Take(1, Tip(1_000_000_000));
        for (var i = 2; i <= CongestionScale.TipsMax; i++) scale.Take(i, Tip(10_000));
        var with = scale.Standardised;
        scale.Take(CongestionScale.TipsMax + 1, Tip(10_000));
        Assert.True(with < 0.0);
        Assert.Equal(0.0, scale.Standardised, 1e-9); // all alike: the first is gone
    }

    private static Lamports Tip(long lamports) => new(lamports);
}
