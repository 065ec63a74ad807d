namespace Mev.Domain.Pools.OrcaTokenSwap;

/// <summary>
/// A stable curve as pieces of constant products: each has the curve's slope where it begins and is nowhere below it.
/// They are short at first, where sizes mostly lie, and grow longer. The program's invariant is of whole units, which
/// makes a few of them of difference: only where a reserve has less than a million is that seen.
/// </summary>
internal static class StableCurve
{
    /// <summary>Pieces of a whole curve at most, the endless last one included.</summary>
    public const int PiecesMax = 250;

    private const double FirstStep = 1.0 / 1024;
    private const double StepGrowth = 1.25;
    private const double StepMax = 0.09; // an eighth of an octave

    /// <summary>Share of the first output reserve that is left where the pieces end and the last one begins.</summary>
    private const double LeftAtEnd = 1.0 / 1024;

    /// <summary>Writes the pieces and returns how many.</summary>
    public static int Fill(in OrcaTokenSwapSide side, double keep, Span<CurveSegment> segments)
    {
        var place = new StableShape(side);
        var (start, output, step) = (0.0, 0.0, FirstStep);
        var leftAtEnd = place.ReserveOut * LeftAtEnd;
        var count = 0;
        while (count < segments.Length)
        {
            var isLast = count == PiecesMax - 1 || place.ReserveOut < leftAtEnd;
            var next = place.Further(1 + step);
            var input = next.ReserveIn - place.ReserveIn;
            if (isLast || !(input > 0))
            {
                var endless = Math.Max(place.ReserveOfBend, place.ReserveOut / place.Slope);
                segments[count++] = new CurveSegment(
                    start, double.PositiveInfinity, output, endless, endless * place.Slope, keep, OutKeep: 1);
                break;
            }
            var reserve = Math.Max(place.ReserveOfBend, ReserveThrough(place, input, next));
            var end = start + input / keep;
            segments[count++] = new CurveSegment(start, end, output, reserve, reserve * place.Slope, keep, OutKeep: 1);
            output += place.Slope * input / (1 + input / reserve);
            (start, place, step) = (end, next, Math.Min(step * StepGrowth, StepMax));
        }
        return count;
    }

    /// <summary>Virtual reserve of the input mint with which the piece ends on the curve.</summary>
    private static double ReserveThrough(in StableShape place, double input, in StableShape next)
    {
        var output = place.ReserveOut - next.ReserveOut;
        var missing = place.Slope * input - output;
        return missing > 0 ? output * input / missing : 0;
    }
}
