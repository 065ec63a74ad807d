using Mev.Grains.Strategies;
using Microsoft.Extensions.Time.Testing;

namespace Mev.Grains.Tests.Strategies;

public sealed class DecisionIdsTests
{
    [Fact]
    public void Ids_rise_inside_a_millisecond_and_when_the_clock_goes_back()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMicroseconds(30) };
        var ids = new DecisionIds(time);
        var made = Enumerable.Range(0, 5_000).Select(_ => ids.Next()).ToList();
        time.AdjustTime(time.GetUtcNow() - TimeSpan.FromSeconds(1));
        made.AddRange(Enumerable.Range(0, 5_000).Select(_ => ids.Next()));

        var bytes = made.Select(id => Convert.ToHexString(id.ToArray())).ToList();
        Assert.Equal(bytes.Order(StringComparer.Ordinal).Distinct(), bytes);
        Assert.All(made, id => Assert.Equal((7, 8), (id.Value.Version, id.Value.Variant & 0xC)));
    }
}
