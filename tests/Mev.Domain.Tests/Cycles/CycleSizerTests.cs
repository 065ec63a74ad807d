using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Fixtures;
using Mev.Fixtures.Cycles;

namespace Mev.Domain.Tests.Cycles;

public sealed class CycleSizerTests
{
    [Fact]
    public void Sizing_is_as_good_as_trying_every_input() => IsAsGood(firstSeed: 1, Soak.Times(20, 300));

    /// <summary>Universes that nothing was tuned on: a soak takes new ones each time.</summary>
    [Fact]
    public void Sizing_is_as_good_on_universes_never_seen_before() => IsAsGood(Soak.Seed, Soak.Times(10, 300));

    [Fact]
    public void Sizing_is_as_good_for_cycles_of_four_hops() => IsAsGood(firstSeed: 1, Soak.Times(10, 300), hops: 4);

    [Fact]
    public void A_size_that_is_off_by_a_tenth_turns_the_check_red()
    {
        var mutant = new CycleSizer(new SizingLimits())
        {
            Mutation = input => new TokenAmount(input.Units - input.Units / 10),
        };
        var losses = Check(mutant, firstSeed: 1, 12);
        Assert.Contains(losses, loss => !loss.IsTolerated);
    }

    private static void IsAsGood(ulong firstSeed, int exhaustiveCount, int? hops = null)
    {
        var losses = Check(new CycleSizer(new SizingLimits()), firstSeed, exhaustiveCount, hops);
        SizingLoss.Print($"generated universes from seed {firstSeed}{(hops is null ? "" : $", {hops} hops")}", losses);
        Assert.DoesNotContain(losses, loss => !loss.IsTolerated);
        Assert.DoesNotContain(losses, loss => loss.Found.BoundUnits + 1 < loss.Best);
        Assert.DoesNotContain(losses, IsFalselyCertified);
    }

    private static bool IsFalselyCertified(SizingLoss loss) =>
        loss.Found.Certificate == SizingCertificate.Stairs && loss.Units > 1;

    private static List<SizingLoss> Check(CycleSizer sizer, ulong firstSeed, int exhaustiveCount, int? hops = null)
    {
        List<SizingLoss> losses = [];
        for (var seed = firstSeed; losses.Count(loss => loss.IsExhaustive) < exhaustiveCount; seed++)
        {
            var universe = Universe.Generate(seed, 6, 12, depthMax: seed % 3 == 0 ? 1e12 : 1e7, spread: 1.4);
            var index = CycleIndex.Build(universe, new CycleScope { HopsMax = hops ?? 3 });
            var pools = Universe.ByNumber(index, universe);
            for (var cycle = 0; cycle < index.CycleCount; cycle++)
            {
                if (hops is { } wanted && index.EdgesOf(cycle).Length != wanted) continue;
                if (SizingLoss.Of(index, cycle, pools, default, sizer) is { } loss) losses.Add(loss);
            }
        }
        return losses;
    }
}
