namespace Mev.Domain.Learning;

/// <summary>
/// The numbers of one purpose, taken one after the other: each block of the generator gives two. The order in which a
/// law takes them is part of the replay contract.
/// </summary>
public ref struct Draws
{
    private const double UniformStep = 1.0 / 9007199254740992.0; // 2^-53
    private const double SqueezeFactor = 0.0331; // Marsaglia, Tsang 2000: a cheap test that accepts most draws

    private readonly RandomKey _key;
    private readonly ulong _sequence;
    private readonly uint _purpose;
    private uint _block;
    private ulong _second;
    private bool _hasSecond;

    internal Draws(RandomKey key, ulong sequence, uint purpose)
    {
        _key = key;
        _sequence = sequence;
        _purpose = purpose;
    }

    /// <summary>64 uniform bits.</summary>
    public ulong Word()
    {
        if (_hasSecond)
        {
            _hasSecond = false;
            return _second;
        }
        (var first, _second) = Philox.Block(_key, _sequence, _purpose | (ulong)_block << 32);
        _block++;
        _hasSecond = true;
        return first;
    }

    /// <summary>Uniform, above 0 and at most 1 (1 only by rounding, once in 2^53).</summary>
    public double Uniform() => ((Word() >> 11) + 0.5) * UniformStep;

    /// <summary>Standard normal: the inverse distribution function of one uniform.</summary>
    public double Normal() => DetMath.NormalInverseCdf(Uniform());

    /// <summary>Gamma of that shape, scale 1.</summary>
    public double Gamma(in GammaLaw law)
    {
        if (law.Shape >= 1.0) return GammaFromOne(law);
        var boost = DetMath.Ln(Uniform()) / law.Shape;
        return GammaFromOne(law) * DetMath.Exp(boost);
    }

    /// <summary>Beta as X/(X + Y) of two gammas, X drawn first.</summary>
    public double Beta(in GammaLaw successes, in GammaLaw failures)
    {
        var x = Gamma(successes);
        var y = Gamma(failures);
        return x / (x + y);
    }

    /// <summary>Marsaglia and Tsang's rejection; no bound on its rounds in theory, 1.05 on average.</summary>
    private double GammaFromOne(in GammaLaw law)
    {
        while (true)
        {
            var x = Normal();
            var v = 1.0 + law.C * x;
            if (!(v > 0.0)) continue;
            v = v * v * v;
            var u = Uniform();
            var q = x * x;
            if (u < 1.0 - SqueezeFactor * q * q) return law.D * v;
            if (DetMath.Ln(u) < 0.5 * q + law.D * (1.0 - v + DetMath.Ln(v))) return law.D * v;
        }
    }
}
