using Mev.Domain.Pools;
using Mev.Grains.Shards;

namespace Mev.Grains.Tests.Shards;

public sealed class DefectCountsTests
{
    [Fact]
    public void Every_defect_has_a_counter_of_its_own_and_a_sound_state_has_none()
    {
        var counts = new DefectCounts();
        foreach (var defect in Enum.GetValues<PoolDefect>())
            for (var i = 0; i < (int)defect; i++) counts.Count(defect);

        var told = counts.Input().ToList();
        Assert.Equal(Enum.GetValues<PoolDefect>().Length - 1, told.Select(kind => kind.Name).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, told.Count).Select(i => (long)i), told.Select(kind => kind.Count));
        Assert.Equal(
            Enum.GetNames<PoolDefect>().Skip(1).Select(name => name.ToUpperInvariant()),
            told.Select(kind => kind.Name["pools.".Length..].Replace("-", "", StringComparison.Ordinal)
                .ToUpperInvariant()));
    }
}
