namespace Mev.Domain.Cycles;

/// <summary>
/// The stairs of a range, the one that can pay most first. A stair's exact output is known; what it takes is bounded by
/// the relaxation, and where that makes it the most promising one it is followed back hop by hop in whole units, so
/// that few are followed to the end.
/// </summary>
internal sealed class RankedStairs(RelaxedCycle relaxed, ExactCycle exact)
{
    /// <summary>Stairs of a range at most.</summary>
    public const int CountMax = 2_048;

    private readonly Stair[] _stairs = new Stair[CountMax];
    private int _count;

    /// <summary>Takes the stairs of a hop from <paramref name="low"/> on: a quote for each hop that follows.</summary>
    public void Fill(int hop, long low, int count)
    {
        _count = count;
        for (var i = 0; i < count; i++)
        {
            var output = exact.OutputFrom(hop, low + i);
            _stairs[i] = new Stair(hop, low + i, output, output - relaxed.InputBringing(hop, low + i));
        }
    }

    /// <summary>
    /// The next input that could pay more than <paramref name="profit"/>; 0 when none can, -1 when that many quotes
    /// were made before it was found.
    /// </summary>
    public long Next(long profit, int quotesMax)
    {
        while (_count > 0)
        {
            ref var best = ref _stairs[0];
            for (var i = 1; i < _count; i++)
                if (_stairs[i].ProfitMax > best.ProfitMax) best = ref _stairs[i];
            if (best.ProfitMax <= profit) return 0;
            if (exact.Quotes >= quotesMax) return -1;
            if (best.Hop == 0)
            {
                var input = best.Amount;
                best = _stairs[--_count];
                return input;
            }
            var (hop, amount) = (best.Hop - 1, exact.LeastInputOf(best.Hop - 1, best.Amount));
            best = amount > 0
                ? new Stair(hop, amount, best.Output, best.Output - relaxed.InputBringing(hop, amount))
                : _stairs[--_count];
        }
        return 0;
    }

    /// <param name="Hop">The hop that it was followed back to.</param>
    /// <param name="Amount">What goes into that hop at least.</param>
    /// <param name="Output">What comes out of the cycle.</param>
    /// <param name="ProfitMax">What it can pay at most.</param>
    private readonly record struct Stair(int Hop, long Amount, long Output, double ProfitMax);
}
