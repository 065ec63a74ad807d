using Mev.Domain.Cycles;
using Mev.Domain.Pools;
using Mev.Domain.Pools.MeteoraDammV2;
using Mev.Domain.Pools.OrcaTokenSwap;
using Mev.Domain.Pools.PumpSwap;
using Mev.Fixtures;
using Mev.Fixtures.Cycles;
using Mev.Fixtures.Pools;
using static Mev.Domain.Tests.Cycles.Universe;

namespace Mev.Domain.Tests.Cycles;

/// <summary>
/// Cycles over pools whose programs have no swap for a wanted output, or not in each direction, are sized as well as
/// others: there the relaxed curve says where the least input is.
/// </summary>
public sealed class ProtocolSizingTests
{
    private const ulong CoarseDepth = 300_000;
    private const ulong FineDepth = 50_000_000_000;

    [Theory]
    [InlineData(CoarseDepth)]
    [InlineData(FineDepth)]
    public void Sizing_is_as_good_as_trying_inputs(ulong depth)
    {
        List<SizingLoss> losses = [];
        var sizer = new CycleSizer(new SizingLimits());
        for (var seed = 1UL; seed <= (ulong)Soak.Times(30, 300); seed++) losses.AddRange(Losses(seed, depth, sizer));
        SizingLoss.Print($"depth {depth}", losses);
        Assert.True(losses.Count > 30, $"only {losses.Count} cycles pay");
        Assert.DoesNotContain(losses, loss => !loss.IsTolerated);
    }

    [Fact]
    public void The_filter_lets_every_cycle_pass_that_pays()
    {
        var payingCount = 0;
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var universe = Generate(seed, FineDepth);
            var index = CycleIndex.Build(universe, new CycleScope());
            var pools = ByNumber(index, universe);
            var filter = new CandidateFilter(index);
            for (var i = 0; i < pools.Length; i++) filter.Update(i, pools[i]);
            filter.Evaluate([.. Enumerable.Range(0, pools.Length)]);
            for (var cycle = 0; cycle < index.CycleCount; cycle++)
            {
                if (new BruteForce(index, cycle, pools, PoolChecks.Clock).ScanGrid() is null) continue;
                payingCount++;
                Assert.Contains(cycle, filter.Survivors.ToArray());
            }
        }
        Assert.True(payingCount > 30);
    }

    private static IEnumerable<SizingLoss> Losses(ulong seed, ulong depth, CycleSizer sizer)
    {
        var universe = Generate(seed, depth);
        var index = CycleIndex.Build(universe, new CycleScope());
        var pools = ByNumber(index, universe);
        for (var cycle = 0; cycle < index.CycleCount; cycle++)
            if (SizingLoss.Of(index, cycle, pools, PoolChecks.Clock, sizer) is { } loss) yield return loss;
    }

    /// <summary>Two pools of each kind between WSOL and two mints, at prices that disagree by some percent.</summary>
    private static Pool[] Generate(ulong seed, ulong depth)
    {
        var random = new SplitMix(seed);
        ulong Depth() => (ulong)(depth * random.Between(0.8, 1.25));
        return
        [
            Swap(0, 1, OrcaTokenSwapLayout.ConstantProduct, Depth(), Depth()),
            Swap(1, 2, OrcaTokenSwapLayout.Stable, Depth(), Depth()),
            Swap(0, 2, OrcaTokenSwapLayout.Stable, Depth(), Depth()),
            Range(0, 1, Depth(), random.Between(0.95, 1.05)),
            Range(1, 2, Depth(), random.Between(0.95, 1.05)),
            Pump(1, Depth(), Depth()),
            Pump(2, Depth(), Depth()),
        ];
    }

    private static OrcaTokenSwapPool Swap(int a, int b, byte curve, ulong amountA, ulong amountB) =>
        new OrcaTokenSwapBytes
        {
            Address = TokenBytes.Key($"swap {a} {b} {curve}"),
            Tokens = (Mint(a), Mint(b)),
            Curve = curve,
            Amplification = 20,
            AmountA = amountA,
            AmountB = amountB,
        }.Pool();

    private static MeteoraDammV2Pool Range(int a, int b, ulong depth, double price) => new MeteoraDammV2Bytes
    {
        Address = TokenBytes.Key($"range {a} {b}"),
        Tokens = (Mint(a), Mint(b)),
        Liquidity = (UInt128)depth << 64,
        SqrtPrice = (UInt128)(price * (double)MeteoraDammV2Bytes.One),
    }.Pool();

    private static PumpSwapPool Pump(int coin, ulong units, ulong quote) => new PumpSwapBytes
    {
        Address = TokenBytes.Key($"pump {coin}"),
        Coin = Mint(coin),
        Base = units,
        Quote = quote,
    }.Pool();
}
