using Mev.Domain.Chain;
using Mev.Domain.Cycles;

namespace Mev.Domain.Tests.Cycles;

public sealed class CycleSizerTests
{
    private static bool IsSoak => Environment.GetEnvironmentVariable("MEV_SOAK") == "1";

    [Fact]
    public void Sizing_is_as_good_as_trying_every_input()
    {
        var losses = Check(new CycleSizer(new SizingLimits()), IsSoak ? 300 : 20);
        SizingLoss.Print("generated universes", losses);
        Assert.DoesNotContain(losses, loss => !loss.IsTolerated);
        Assert.DoesNotContain(losses, loss => loss.Found.BoundUnits + 1 < loss.Best);
        Assert.DoesNotContain(losses, IsFalselyCertified);
    }

    [Fact]
    public void A_size_that_is_off_by_a_tenth_turns_the_check_red()
    {
        var mutant = new CycleSizer(new SizingLimits())
        {
            Mutation = input => new TokenAmount(input.Units - input.Units / 10),
        };
        var losses = Check(mutant, 12);
        Assert.Contains(losses, loss => !loss.IsTolerated);
    }

    private static bool IsFalselyCertified(SizingLoss loss) =>
        loss.Found.Certificate == SizingCertificate.Stairs && loss.Units > 1;

    private static List<SizingLoss> Check(CycleSizer sizer, int exhaustiveCount)
    {
        List<SizingLoss> losses = [];
        for (ulong seed = 1; losses.Count(loss => loss.IsExhaustive) < exhaustiveCount; seed++)
        {
            var universe = Universe.Generate(seed, 6, 12, depthMax: seed % 3 == 0 ? 1e12 : 1e7, spread: 1.4);
            var index = CycleIndex.Build(universe, new CycleScope());
            var pools = Universe.ByNumber(index, universe);
            for (var cycle = 0; cycle < index.CycleCount; cycle++)
                if (SizingLoss.Of(index, cycle, pools, default, sizer) is { } loss) losses.Add(loss);
        }
        return losses;
    }
}
