namespace Mev.Domain.Learning;

/// <summary>
/// One random look at a factored posterior: everything that the score of an arm needs on one opportunity. Exploration
/// is tempered by value, since trying something out costs in proportion to it: every draw is the mean plus kappa times
/// what the draw deviates from it.
/// </summary>
internal ref struct FactoredDraw
{
    public const int ScratchLength = ResidualLaw.BinsCount + 1;

    private const double TypicalLamports = 8_000_000.0;
    private const double BetaBelowCount = 30.0;

    private readonly Span<double> _cdf;
    private readonly double _location;
    private readonly double _survival;
    private readonly double _standardInTime;
    private readonly double _fastInTime;
    private readonly double _valueMean;
    private readonly double _valueDeviation;
    private readonly double _valueFactor;
    private readonly double _dual;

    /// <summary>Draws.</summary>
    /// <param name="posterior">The belief.</param>
    /// <param name="context">What is known of the opportunity.</param>
    /// <param name="stream">The decision's numbers.</param>
    /// <param name="kappa">Weight of chance, 0 (the means) to 1.</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> numbers; the draw keeps it.</param>
    public FactoredDraw(
        FactoredPosterior posterior, in ChoiceContext context, in DrawStream stream, double kappa,
        Span<double> scratch)
    {
        Span<double> x = stackalloc double[FeatureVector.Length];
        context.Features.CopyTo(x);
        var young = context.Features.YoungBin;
        _cdf = scratch;
        _location = DrawLocation(posterior.Location, x, kappa, stream.At(DrawPurposes.LocationNormals));
        DrawResidual(posterior.Residual, kappa, stream, scratch);
        _survival = posterior.Survival.Draw(
            context.SurvivalBin, kappa, stream.At(DrawPurposes.Survival + context.SurvivalBin));
        _standardInTime = posterior.InTime.Draw(0, kappa, stream.At(DrawPurposes.InTime));
        _fastInTime = posterior.InTime.Draw(1, kappa, stream.At(DrawPurposes.InTime + 1));
        var variance = posterior.ValueError.Variance[young];
        var normal = stream.At(DrawPurposes.ValueMean + (uint)young).Normal();
        _valueMean = posterior.ValueError.Mean[young]
            + kappa * normal * Math.Sqrt(variance / posterior.ValueError.Weight[young]);
        _valueDeviation = Math.Sqrt(variance);
        _valueFactor = DetMath.Exp(_valueMean + variance / 2.0);
        _dual = posterior.Dual;
    }

    /// <summary>How much chance a decision on that value gets: all of it up to 0.008 SOL, less above.</summary>
    public static double KappaOf(double valueLamports) => Math.Min(1.0, Math.Sqrt(TypicalLamports / valueLamports));

    /// <summary>What a share promises before lateness and cost: P(win) * survival * (gain + bonus).</summary>
    public readonly double Promise(int share)
    {
        var (gain, paying) = Gain(share);
        return Win(share) * _survival * (gain + _dual * paying);
    }

    /// <summary>The same with lateness and cost: the score of an arm.</summary>
    public readonly double Score(double promise, int route, double cost) => promise * InTime(route) - cost;

    /// <summary>P(landing) of an arm in this draw.</summary>
    public readonly double Landing(int share, int route)
    {
        var (_, paying) = Gain(share);
        return Win(share) * _survival * paying * InTime(route);
    }

    private readonly double InTime(int route) => route == 0 ? _standardInTime : _fastInTime;

    /// <summary>Expected value above the tip as a share of the estimated profit, and P(value above the tip).</summary>
    private readonly (double Gain, double Paying) Gain(int share)
    {
        var distance = (_valueMean - FactoredArms.LnShares[share]) / _valueDeviation;
        var paying = DetMath.NormalCdf(distance);
        var gain = _valueFactor * DetMath.NormalCdf(distance + _valueDeviation) - FactoredArms.Shares[share] * paying;
        return (gain, paying);
    }

    private readonly double Win(int share)
    {
        var place = ResidualLaw.PlaceOf(FactoredArms.LnShares[share] - _location);
        if (place <= 0.0) return _cdf[0];
        if (place >= ResidualLaw.BinsCount) return 1.0;
        var bin = (int)place;
        return _cdf[bin] + (_cdf[bin + 1] - _cdf[bin]) * (place - bin);
    }

    private static double DrawLocation(LocationLaw law, ReadOnlySpan<double> x, double kappa, Draws draws)
    {
        Span<double> normals = stackalloc double[LocationLaw.Length];
        Span<double> weights = stackalloc double[LocationLaw.Length];
        for (var i = 0; i < LocationLaw.Length; i++) normals[i] = draws.Normal();
        for (var i = 0; i < LocationLaw.Length; i++)
        {
            var row = law.Factor.AsSpan(LocationLaw.At(i, 0), i + 1);
            weights[i] = law.Mean[i] + kappa * LocationLaw.Dot(row, normals);
        }
        return LocationLaw.Dot(weights, x);
    }

    private static void DrawResidual(ResidualLaw law, double kappa, in DrawStream stream, Span<double> cdf)
    {
        cdf[ResidualLaw.BinsCount] = 1.0;
        for (var bin = ResidualLaw.BinsCount - 1; bin >= 0; bin--)
        {
            var hazard = DrawHazard(law.In[bin], law.Below[bin], kappa, stream.At(DrawPurposes.Hazard + (uint)bin));
            cdf[bin] = cdf[bin + 1] * (1.0 - hazard);
        }
    }

    private static double DrawHazard(double inBin, double below, double kappa, Draws draws)
    {
        var count = inBin + below;
        var mean = inBin / count;
        if (kappa == 1.0 && count < BetaBelowCount) return draws.Beta(new GammaLaw(inBin), new GammaLaw(below));
        var deviation = Math.Sqrt(mean * (1.0 - mean) / (count + 1.0));
        return Math.Clamp(mean + kappa * deviation * draws.Normal(), 0.0, 1.0);
    }
}
