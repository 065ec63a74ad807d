namespace Mev.Domain.Pools;

/// <summary>
/// A piece of a pool's exact-in curve, in floating point, for finding where to look: from input
/// <paramref name="InStart"/> on (fee included) the pool behaves as a constant product of two virtual reserves. Only
/// exact integer quotes decide.
/// </summary>
/// <param name="InStart">Input at which the piece begins, fee included, units of the input mint.</param>
/// <param name="InEnd">Input at which it ends; infinity for the last.</param>
/// <param name="OutStart">Output received by then.</param>
/// <param name="ReserveIn">Virtual reserve of the input mint at the start of the piece.</param>
/// <param name="ReserveOut">Virtual reserve of the output mint at the start of the piece.</param>
/// <param name="Keep">Share of the input that is left after the fee, 0 to 1.</param>
/// <param name="OutKeep">Share of the output that is left after fees on the output, 0 to 1.</param>
public readonly record struct CurveSegment(
    double InStart, double InEnd, double OutStart, double ReserveIn, double ReserveOut, double Keep, double OutKeep);
