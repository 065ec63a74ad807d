using Mev.Benchmarks.Reports;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Benchmarks.Micro;

/// <summary>Quotes and decoding of a DLMM pair, which the load does not hold.</summary>
internal sealed class DlmmRun(Report report, int samples)
{
    private const int FurtherBins = 50;

    private static readonly ChainClock Clock = new(new Slot(409_000_000), 1_760_000_000);

    private readonly DlmmPair _pair = new();

    public void Run()
    {
        var pool = _pair.Pool();
        var (much, bins) = Crossing(pool);
        var more = Quote(pool, much, isExactIn: true);
        var exactOut = Quote(pool, DlmmPair.Depth / 2, isExactIn: false);
        var one = Quote(pool, DlmmPair.Depth / 2, isExactIn: true);
        report.Add(Figure.Of("quote DLMM within a bin", one.MinNs, "ns", $"{one}"));
        report.Add(Figure.Of(
            "quote DLMM each further bin", (more.MinNs - one.MinNs) / bins, "ns", $"{bins} bins: {more}"));
        report.Add(Figure.Of("quote DLMM exact out", exactOut.MinNs, "ns", $"{exactOut}"));
        report.Add(Figure.Of("quote DLMM garbage", one.Bytes + more.Bytes + exactOut.Bytes, "B"));
        foreach (var write in _pair.Writes[..2])
        {
            var timing = Stopwatches.Time(samples, count =>
            {
                for (var i = 0; i < count; i++) pool.Apply(write);
                return (long)pool.Defect;
            });
            report.Add(Figure.Of(
                $"decode {pool.Protocol} account of {write.Data.Length} B", timing.MinNs, "ns", $"{timing}"));
        }
    }

    private Timing Quote(Pool pool, ulong amount, bool isExactIn) => Stopwatches.Time(samples, count =>
    {
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            var asked = new TokenAmount(amount + (ulong)(i & 255));
            var quote = isExactIn
                ? pool.QuoteExactIn(SwapDirection.BToA, asked, Clock)
                : pool.QuoteExactOut(SwapDirection.BToA, asked, Clock);
            sum += quote.AmountOut.Units + quote.AmountIn.Units;
        }
        return unchecked((long)sum);
    });

    private static (ulong Amount, int Bins) Crossing(Pool pool)
    {
        var amount = new TokenAmount(FurtherBins * DlmmPair.Depth);
        var quote = pool.QuoteExactIn(SwapDirection.BToA, amount, Clock);
        return quote is { IsOk: true, TicksCrossed: > 1 }
            ? (amount.Units, quote.TicksCrossed)
            : throw new InvalidOperationException($"no bins to cross: {quote}");
    }
}
