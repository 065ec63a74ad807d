using Mev.Domain.Chain;
using Mev.Domain.Cycles;
using Mev.Domain.Pools;

namespace Mev.Fixtures.Cycles;

/// <summary>What one sized cycle misses against the best input that brute force knows.</summary>
public sealed record SizingLoss(string Name, bool IsExhaustive, ulong End, Int128 Best, SizedCycle Found)
{
    public Int128 Units => Best - Found.ProfitUnits;

    /// <summary>The tolerance of the acceptance: 0.01 % and 200 units.</summary>
    public bool IsTolerated => Units <= Best / 10_000 + 200;

    public override string ToString() =>
        $"{Name}: best {Best}, found {Found.ProfitUnits} (bound {Found.BoundUnits}, {Found.Certificate}, "
        + $"{Found.ExactQuotes} quotes, {Found.Pieces} pieces), range to {End}, exhaustive {IsExhaustive}; "
        + string.Join(" -> ", Found.Hops.ToArray().Select(hop => $"{hop.AmountIn} {hop.AmountOut}"));

    /// <summary>
    /// Sizes a cycle and looks for a better input: every one where at most a million may pay, else each end of a piece
    /// and a grid of 10,000 points. Null when no input of the grid pays.
    /// </summary>
    public static SizingLoss? Of(CycleIndex index, int cycle, Pool[] pools, in ChainClock clock, CycleSizer sizer)
    {
        var force = new BruteForce(index, cycle, pools, clock);
        if (force.ScanGrid() is not { } grid) return null;
        var found = new SizedCycle();
        sizer.Size(index, cycle, pools, clock, found);
        var isExhaustive = grid.End <= BruteForce.RangeMax;
        var best = isExhaustive
            ? force.Exhaust(grid.End).Profit
            : Int128.Max(grid.Profit, force.Best(force.PieceEnds()).Profit);
        return new SizingLoss(index.HashOf(cycle).ToString()[..8], isExhaustive, grid.End, best, found);
    }

    /// <summary>Prints how the losses are distributed, in units and in millionths of the best profit.</summary>
    public static void Print(string title, IReadOnlyCollection<SizingLoss> losses)
    {
        foreach (var loss in losses.Where(loss => !loss.IsTolerated)) Console.WriteLine($"not tolerated: {loss}");
        foreach (var group in losses.GroupBy(loss => loss.IsExhaustive))
        {
            var units = group.Select(loss => (double)loss.Units).Order().ToArray();
            var millionths = group.Select(loss => 1e6 * (double)loss.Units / (double)loss.Best).Order().ToArray();
            var certificates = string.Join(", ", group.GroupBy(loss => loss.Found.Certificate)
                .OrderBy(part => part.Key).Select(part => $"{part.Key} {part.Count()}"));
            Console.WriteLine($"{title}, against {(group.Key ? "every input" : "grid and ends of pieces")}: "
                + $"{units.Length} cycles ({certificates}); loss in units {Quantiles(units)}; "
                + $"in millionths of the best {Quantiles(millionths)}; quotes "
                + Quantiles([.. group.Select(loss => (double)loss.Found.ExactQuotes).Order()]));
        }
    }

    private static string Quantiles(double[] sorted) => string.Join(" ",
        new[] { 0, 0.5, 0.9, 0.99, 1 }.Select(q => $"p{100 * q:0}={sorted[(int)(q * (sorted.Length - 1))]:0.#}"));
}
