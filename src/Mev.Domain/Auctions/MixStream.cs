using Mev.Domain.Learning;

namespace Mev.Domain.Auctions;

/// <summary>
/// The generator of the contested-auction simulator: 64-bit mixing of a counter, keyed by seed, stream and sub-stream.
/// Decisions never draw from it; theirs is <see cref="Philox"/>.
/// </summary>
public ref struct MixStream
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const double UniformStep = 1.0 / 9007199254740992.0; // 2^-53

    private ulong _state;

    private MixStream(ulong key) => _state = key;

    /// <summary>The numbers of one sub-stream, from the first.</summary>
    public static MixStream Of(ulong seed, ulong stream, ulong sub)
    {
        unchecked // everything here is modulo 2^64
        {
            var key = Mix(seed + Step) ^ Mix(stream * 0xD1342543DE82EF95 + 1) ^ Mix(sub * 0xAF251AF3B0F025B5 + 2);
            return new MixStream(Mix(key));
        }
    }

    /// <summary>A bijection of the 64-bit words whose output bits depend on all input bits.</summary>
    public static ulong Mix(ulong word)
    {
        unchecked
        {
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
            return word ^ (word >> 31);
        }
    }

    /// <summary>64 uniform bits.</summary>
    public ulong Word()
    {
        unchecked
        {
            _state += Step;
        }
        return Mix(_state);
    }

    /// <summary>Uniform, above 0 and at most 1.</summary>
    public double Uniform() => ((Word() >> 11) + 0.5) * UniformStep;

    /// <summary>Standard normal: the inverse distribution function of one uniform.</summary>
    public double Normal() => DetMath.NormalInverseCdf(Uniform());

    /// <summary>Exponential of mean 1.</summary>
    public double Exponential() => -DetMath.Ln(Uniform());
}
