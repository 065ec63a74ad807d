namespace Mev.Domain.Learning;

/// <summary>
/// One random look at a factored posterior: everything that the score of an arm needs on one opportunity. Exploration
/// is tempered by value, since trying something out costs in proportion to it: every draw is the mean plus kappa times
/// what the draw deviates from it.
/// </summary>
internal ref struct FactoredDraw
{
    public const int ScratchLength = CdfLength + ResidualLaw.BinsCount + LocationLaw.Length;

    /// <summary>Numbers of <see cref="WriteDrawn"/>.</summary>
    public const int DrawnCount = LocationLaw.Length + ResidualLaw.BinsCount + 4;

    private const int CdfLength = ResidualLaw.BinsCount + 1;
    private const double TypicalLamports = 8_000_000.0;
    private const double BetaBelowCount = 30.0;

    private readonly Span<double> _cdf;
    private readonly double _location;
    private readonly double _valueDeviation;
    private readonly double _valueFactor;
    private readonly double _dual;

    /// <summary>Draws.</summary>
    /// <param name="posterior">The belief.</param>
    /// <param name="context">What is known of the opportunity.</param>
    /// <param name="stream">The decision's numbers.</param>
    /// <param name="kappa">Weight of chance, 0 (the means) to 1.</param>
    /// <param name="scratch">Room for <see cref="ScratchLength"/> numbers; the draw keeps it.</param>
    /// <param name="drawsRivals">Whether chance has that weight in the law of the best rival bid too.</param>
    public FactoredDraw(
        FactoredPosterior posterior, in ChoiceContext context, in DrawStream stream, double kappa,
        Span<double> scratch, bool drawsRivals = true)
    {
        var rivalKappa = drawsRivals ? kappa : 0.0;
        Span<double> x = stackalloc double[FeatureVector.Length];
        context.Features.CopyTo(x);
        var young = context.Features.YoungBin;
        _cdf = scratch[..CdfLength];
        Hazards = scratch.Slice(CdfLength, ResidualLaw.BinsCount);
        Weights = scratch.Slice(CdfLength + ResidualLaw.BinsCount, LocationLaw.Length);
        DrawWeights(posterior.Location, rivalKappa, stream.At(DrawPurposes.LocationNormals));
        _location = LocationLaw.Dot(Weights, x) + context.Offset;
        DrawHazards(posterior.Residual, rivalKappa, stream);
        Survival = posterior.Survival.Draw(
            context.SurvivalBin, kappa, stream.At(DrawPurposes.Survival + context.SurvivalBin));
        StandardInTime = posterior.InTime.Draw(0, kappa, stream.At(DrawPurposes.InTime));
        FastInTime = posterior.InTime.Draw(1, kappa, stream.At(DrawPurposes.InTime + 1));
        var variance = posterior.ValueError.Variance[young];
        var normal = stream.At(DrawPurposes.ValueMean + (uint)young).Normal();
        ValueMean = posterior.ValueError.Mean[young]
            + kappa * normal * Math.Sqrt(variance / posterior.ValueError.Weight[young]);
        _valueDeviation = Math.Sqrt(variance);
        _valueFactor = DetMath.Exp(ValueMean + variance / 2.0);
        _dual = posterior.Dual;
    }

    /// <summary>Drawn weights of the features.</summary>
    public Span<double> Weights { get; }

    /// <summary>Drawn hazards of the residual.</summary>
    public Span<double> Hazards { get; }

    /// <summary>Drawn probability that a won bundle lands.</summary>
    public double Survival { get; }

    /// <summary>Drawn probability of being in time by the standard route.</summary>
    public double StandardInTime { get; }

    /// <summary>Drawn probability of being in time by the fast route.</summary>
    public double FastInTime { get; }

    /// <summary>Drawn mean of the value's error.</summary>
    public double ValueMean { get; }

    /// <summary>How much chance a decision on that value gets: all of it up to 0.008 SOL, less above.</summary>
    public static double KappaOf(double valueLamports) => Math.Min(1.0, Math.Sqrt(TypicalLamports / valueLamports));

    /// <summary>What a share promises before lateness and cost: P(win) * survival * (gain + bonus).</summary>
    public readonly double Promise(int share)
    {
        var (gain, paying) = Gain(share);
        return Win(share) * Survival * (gain + _dual * paying);
    }

    /// <summary>The same with lateness and cost: the score of an arm.</summary>
    public readonly double Score(double promise, int route, double cost) => promise * InTime(route) - cost;

    /// <summary>P(landing) of an arm in this draw.</summary>
    public readonly double Landing(int share, int route)
    {
        var (_, paying) = Gain(share);
        return Win(share) * Survival * paying * InTime(route);
    }

    /// <summary>P(landing) of an arm in this draw, and its profit as a share of the value, without any bonus.</summary>
    public readonly ArmExpectation Expect(int share, int route, double cost)
    {
        var (gain, paying) = Gain(share);
        var arriving = Win(share) * Survival * InTime(route);
        return new ArmExpectation(arriving * paying, arriving * gain - cost);
    }

    /// <summary>What was drawn: weights, hazards, survival, in time by route, mean of the value's error.</summary>
    public readonly void WriteDrawn(Span<double> destination)
    {
        Weights.CopyTo(destination);
        Hazards.CopyTo(destination[LocationLaw.Length..]);
        var rest = destination[(LocationLaw.Length + ResidualLaw.BinsCount)..];
        (rest[0], rest[1], rest[2], rest[3]) = (Survival, StandardInTime, FastInTime, ValueMean);
    }

    private readonly double InTime(int route) => route == 0 ? StandardInTime : FastInTime;

    /// <summary>Expected value above the tip as a share of the estimated profit, and P(value above the tip).</summary>
    private readonly (double Gain, double Paying) Gain(int share)
    {
        var distance = (ValueMean - FactoredArms.LnShares[share]) / _valueDeviation;
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
        var part = place - bin;
        return _cdf[bin] * (1.0 - part) + _cdf[bin + 1] * part;
    }

    private readonly void DrawWeights(LocationLaw law, double kappa, Draws draws)
    {
        Span<double> normals = stackalloc double[LocationLaw.Length];
        for (var i = 0; i < LocationLaw.Length; i++) normals[i] = draws.Normal();
        for (var i = 0; i < LocationLaw.Length; i++)
        {
            var row = law.Factor.AsSpan(LocationLaw.At(i, 0), i + 1);
            Weights[i] = law.Mean[i] + kappa * LocationLaw.Dot(row, normals);
        }
    }

    private readonly void DrawHazards(ResidualLaw law, double kappa, in DrawStream stream)
    {
        _cdf[ResidualLaw.BinsCount] = 1.0;
        for (var bin = ResidualLaw.BinsCount - 1; bin >= 0; bin--)
        {
            var draws = stream.At(DrawPurposes.Hazard + (uint)bin);
            Hazards[bin] = DrawHazard(law.In[bin], law.Below[bin], kappa, draws);
            _cdf[bin] = _cdf[bin + 1] * (1.0 - Hazards[bin]);
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
