namespace Mev.Domain.Tests.Cycles;

/// <summary>A small seeded generator (SplitMix64): the same seed gives the same universe everywhere.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="count"/> minus 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    /// <summary>Uniform in the range.</summary>
    public double Between(double low, double high) => low + (high - low) * (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in the logarithm.</summary>
    public double Geometric(double low, double high) => Math.Exp(Between(Math.Log(low), Math.Log(high)));
}
