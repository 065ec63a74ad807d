using Mev.Benchmarks.Reports;
using Mev.Domain.Chain;
using Mev.Domain.Pools;
using Mev.Fixtures.Pools;

namespace Mev.Benchmarks.Micro;

/// <summary>Quotes of protocols that the load has no pools of.</summary>
internal sealed class ProtocolQuotes(Report report, int samples)
{
    private static readonly ChainClock Clock = PoolChecks.Clock;

    public void Run()
    {
        Time("token-swap", new OrcaTokenSwapBytes().Pool(), SwapDirection.AToB);
        Time("token-swap stable", OrcaTokenSwapBytes.Stable(9_000_000_000_000, 8_000_000_000_000, 85).Pool(), 0);
        Time("DAMM v2", new MeteoraDammV2Bytes { IsDynamic = true, Volatility = 90_000 }.Pool(), SwapDirection.AToB);
        var pump = new PumpSwapBytes { Creator = PumpSwapBytes.BondingCurve, HasCoinCreator = true }.Pool();
        Time("PumpSwap sale", pump, SwapDirection.AToB);
        Time("PumpSwap purchase", pump, SwapDirection.BToA);
        Time("PumpSwap purchase", pump, SwapDirection.BToA, isExactIn: false);
    }

    private void Time(string name, Pool pool, SwapDirection direction, bool isExactIn = true)
    {
        var timing = Stopwatches.Time(samples, count =>
        {
            var sum = 0UL;
            for (var i = 0; i < count; i++)
            {
                var asked = new TokenAmount(1_000_000_000 + (ulong)(i & 255));
                var quote = isExactIn
                    ? pool.QuoteExactIn(direction, asked, Clock)
                    : pool.QuoteExactOut(direction, asked, Clock);
                sum += quote.AmountOut.Units + quote.AmountIn.Units;
            }
            return unchecked((long)sum);
        });
        var what = isExactIn ? "exact in" : "exact out";
        report.Add(Figure.Of($"quote {name} {what}", timing.MinNs, "ns", $"{timing}"));
        report.Add(Figure.Of($"quote {name} {what} garbage", timing.Bytes, "B"));
    }
}
