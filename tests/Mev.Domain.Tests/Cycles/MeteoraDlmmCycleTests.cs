using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDlmm;
using Mev.Fixtures.Cycles;
using Mev.Fixtures.Pools;

namespace Mev.Domain.Tests.Cycles;

/// <summary>
/// Cycles over a DLMM pair, whose curve is straight from bin to bin and whose fee follows the clock.
/// </summary>
public sealed class MeteoraDlmmCycleTests
{
    private const long Moved = 1_774_000_000;

    /// <summary>Just after a move (a high fee), between the periods, and when all is forgotten.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(700)]
    public void Sizing_is_as_good_as_trying_many_inputs_at_any_clock(int seconds)
    {
        var clock = new ChainClock(new Slot(1), Moved + seconds);
        var sizer = new CycleSizer(new SizingLimits());
        List<SizingLoss> losses = [];
        for (var seed = 1UL; seed <= 40; seed++)
        {
            Pool[] universe = [Pair(seed), Ladder(seed, 0), Ladder(seed, 1)];
            var index = CycleIndex.Build(universe, new CycleScope { BaseMints = [MeteoraDlmmBytes.MintX] });
            var pools = Universe.ByNumber(index, universe);
            for (var cycle = 0; cycle < index.CycleCount; cycle++)
                if (SizingLoss.Of(index, cycle, pools, clock, sizer) is { } loss) losses.Add(loss);
        }
        SizingLoss.Print($"DLMM cycles after {seconds} s", losses);
        Assert.InRange(losses.Count, 20, 1_000);
        Assert.DoesNotContain(losses, loss => !loss.IsTolerated);
        Assert.DoesNotContain(losses, loss => loss.Found.BoundUnits + 1 < loss.Best);
    }

    /// <summary>Bins of random amounts around the price that the ladders are a little off of.</summary>
    private static MeteoraDlmmPool Pair(ulong seed)
    {
        var random = new SplitMix(seed);
        var bytes = new MeteoraDlmmBytes
        {
            Bins = [.. Enumerable.Range(-40, 81).Select(bin => new MeteoraDlmmBinBytes(
                bin, bin >= 0 ? Amount(random) : 0, bin <= 0 ? Amount(random) : 0))],
            BinStep = (ushort)(5 + random.Below(30)),
            BaseFactor = 5_000,
            Accumulator = (uint)random.Below(200_000),
            Reference = (uint)random.Below(100_000),
            IndexReference = random.Below(41) - 20,
            LastUpdate = Moved,
        };
        return bytes.Pool();
    }

    private static LadderPool Ladder(ulong seed, int number)
    {
        var random = new SplitMix(1_000 * seed + (ulong)number);
        var depth = 200_000_000 + (ulong)random.Below(2_000_000_000);
        var off = 0.94 + 0.12 * random.Below(1_000) / 1_000;
        return LadderPool.Product(
            new PoolId(Universe.Key(9, 1_000 * seed + (ulong)number)), MeteoraDlmmBytes.MintX, MeteoraDlmmBytes.MintY,
            feePpm: 500, depth, (ulong)(depth * off));
    }

    private static ulong Amount(SplitMix random) => random.Below(4) == 0 ? 0 : 100 + (ulong)random.Below(20_000_000);
}
