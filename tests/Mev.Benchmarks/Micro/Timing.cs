namespace Mev.Benchmarks.Micro;

/// <summary>Cost of one operation.</summary>
/// <param name="MinNs">Least of the samples.</param>
/// <param name="MedianNs">Median of the samples.</param>
/// <param name="Bytes">Allocated.</param>
internal readonly record struct Timing(double MinNs, double MedianNs, double Bytes)
{
    public override string ToString() => FormattableString.Invariant($"median {MedianNs:0.#} ns, {Bytes:0.##} B each");
}
