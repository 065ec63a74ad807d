namespace Mev.Domain.Pools.MeteoraDlmm;

/// <summary>What a swap counts the volatility from, brought up to its time.</summary>
/// <param name="Reference">What is left of the volatility before it.</param>
/// <param name="IndexReference">The bin that distance counts from.</param>
/// <param name="AccumulatorMax">Most that the volatility reaches.</param>
internal readonly record struct Volatility(uint Reference, int IndexReference, uint AccumulatorMax)
{
    private const long PerBin = 10_000;

    /// <summary>The volatility when a swap stands at a bin.</summary>
    public uint At(int bin)
    {
        unchecked
        {
            var distance = Math.Abs((long)IndexReference - bin);
            return (uint)Math.Min(Reference + (ulong)(distance * PerBin), AccumulatorMax);
        }
    }
}
