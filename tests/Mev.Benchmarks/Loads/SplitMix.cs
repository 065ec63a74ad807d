namespace Mev.Benchmarks.Loads;

/// <summary>
/// A cheap seeded stream of uniform numbers (Steele, Lea, Flood 2014) for choosing which pool is written next.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public int Below(int bound) => (int)(((UInt128)Next() * (uint)bound) >> 64);

    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));
}
