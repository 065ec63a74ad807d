using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Fixtures.Cycles;

/// <summary>Quotes a cycle hop by hop and tries inputs one by one: what sizing is checked against.</summary>
public sealed class BruteForce(CycleIndex index, int cycle, Pool[] pools, ChainClock clock)
{
    public const ulong RangeMax = 1_000_000;

    private readonly Hop[] _hops = [.. index.EdgesOf(cycle).ToArray().Select(index.HopOf)];
    private readonly Pool[] _pools = [.. index.EdgesOf(cycle).ToArray().Select(edge => pools[edge >> 1])];

    /// <summary>Profit of an input; null when a hop refuses or gives nothing.</summary>
    public Int128? ProfitOf(ulong input)
    {
        var amount = input;
        for (var i = 0; i < _hops.Length; i++)
        {
            var quote = _pools[i].QuoteExactIn(_hops[i].Direction, new TokenAmount(amount), clock);
            if (!quote.IsOk || quote.AmountOut.Units == 0) return null;
            amount = quote.AmountOut.Units;
        }
        return (Int128)amount - input;
    }

    /// <summary>Inputs of a geometric grid over 1 to 10^13.</summary>
    public static IEnumerable<ulong> Grid(int points)
    {
        var last = 0UL;
        for (var i = 0; i < points; i++)
        {
            var input = (ulong)Math.Exp(Math.Log(1e13) * i / (points - 1));
            if (input > last) yield return last = input;
        }
    }

    /// <summary>Best input of the given ones; profit 0 when none pays.</summary>
    public (ulong Input, Int128 Profit) Best(IEnumerable<ulong> inputs)
    {
        var best = (Input: 0UL, Profit: (Int128)0);
        foreach (var input in inputs)
            if (ProfitOf(input) is { } profit && profit > best.Profit) best = (input, profit);
        return best;
    }

    /// <summary>
    /// The best of a grid of 10,000 points, and an end beyond which none of them pays, with a margin for stairs; null
    /// when none pays.
    /// </summary>
    public (ulong End, Int128 Profit)? ScanGrid()
    {
        var (last, best) = (0UL, (Int128)0);
        foreach (var input in Grid(10_000))
        {
            if (ProfitOf(input) is not { } profit || profit <= 0) continue;
            last = input;
            best = Int128.Max(best, profit);
        }
        return last == 0 ? null : (last + last / 10 + 1_000, best);
    }

    /// <summary>Every input up to the end.</summary>
    public (ulong Input, Int128 Profit) Exhaust(ulong end)
    {
        var best = (Input: 0UL, Profit: (Int128)0);
        for (var input = 1UL; input <= end; input++)
            if (ProfitOf(input) is { } profit && profit > best.Profit) best = (input, profit);
        return best;
    }

    /// <summary>The inputs that bring a hop just below, to and just above each end of a piece of its curve.</summary>
    public IEnumerable<ulong> PieceEnds()
    {
        var segments = new CurveSegment[64];
        for (var hop = 0; hop < _hops.Length; hop++)
        {
            var count = _pools[hop].FillCurve(_hops[hop].Direction, clock, segments);
            foreach (var end in segments[..count].Select(segment => segment.InEnd).Where(double.IsFinite))
            {
                if (InputThatBrings(hop, end) is not { } input) continue;
                if (input > 1) yield return input - 1;
                yield return input;
                yield return input + 1;
            }
        }
    }

    private ulong? InputThatBrings(int hop, double amount)
    {
        var (low, high) = (0UL, 1UL << 50);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            // An amount that an earlier hop refuses is too large or too small; both show as a hop's failure.
            if (AmountInto(hop, middle) is { } reached && reached < amount) low = middle;
            else high = middle;
        }
        return high == 1UL << 50 ? null : high;
    }

    private double? AmountInto(int hop, ulong input)
    {
        var amount = input;
        for (var i = 0; i < hop; i++)
        {
            var quote = _pools[i].QuoteExactIn(_hops[i].Direction, new TokenAmount(amount), clock);
            if (quote.Error is QuoteError.ZeroAmount or QuoteError.ZeroResult) return 0;
            if (!quote.IsOk) return null;
            amount = quote.AmountOut.Units;
        }
        return amount;
    }
}
