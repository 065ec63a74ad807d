namespace Mev.Domain.Learning;

/// <summary>
/// One law of the best rival bid, shared by all tips, and beside it small factors for lateness, survival and value
/// error, each fed by the cause of a loss. One writer at a time; allocates nothing after construction.
/// </summary>
internal sealed partial class FactoredPosterior
{
    public const int SurvivalBins = 4;
    public const double DualMax = 2.0;

    private const double MsPerSecond = 1000.0;

    private readonly double[][] _beforeVariance; // the vectors in the order of the canonical bytes
    private readonly double[][] _afterVariance;

    /// <summary>The prior.</summary>
    public FactoredPosterior()
    {
        _beforeVariance = [Location.Mean, Location.Covariance];
        _afterVariance =
        [
            Residual.In, Residual.Below, InTime.Successes, InTime.Failures, Survival.Successes, Survival.Failures,
            ValueError.Mean, ValueError.Variance, ValueError.Weight,
        ];
    }

    public LocationLaw Location { get; } = new();

    public ResidualLaw Residual { get; } = new();

    /// <summary>In time, by route.</summary>
    public BetaPairs InTime { get; } = new(FactoredArms.RoutesCount, 2.0, 1.0);

    /// <summary>A won bundle lands, by survival bin.</summary>
    public BetaPairs Survival { get; } = new(SurvivalBins, 9.0, 1.0);

    public ValueErrorLaw ValueError { get; } = new();

    /// <summary>Relative bonus on a landing, 0 to 2.</summary>
    public double Dual { get; set; }

    /// <summary>Time of the last update, milliseconds.</summary>
    public long LastMs { get; private set; }

    /// <summary>Takes in an event: decay first, then the counted factors, then the law of the best rival bid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Kind, arm or bin is none; nothing has changed then.</exception>
    public void Learn(in LearningEvent evidence, double decaySeconds)
    {
        var arm = ArmOf(evidence);
        var bin = evidence.Context.SurvivalBin;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bin, SurvivalBins);
        Span<double> x = stackalloc double[FeatureVector.Length];
        evidence.Context.Features.CopyTo(x);
        Decay(evidence.AtMs, decaySeconds);
        var lnShare = arm < 0 ? 0.0 : FactoredArms.LnShares[arm / FactoredArms.RoutesCount];
        if (arm >= 0) LearnFactors(evidence, arm % FactoredArms.RoutesCount, bin, lnShare);
        var win = WinEvidence.Of(evidence, lnShare).Less(evidence.Context.Offset);
        if (win.Side != WinEvidence.Knowledge.None)
        {
            var mean = LocationLaw.Dot(Location.Mean, x);
            Residual.Learn(win, mean);
            Location.Learn(win, mean, x);
        }
        Location.Factorise();
    }

    /// <summary>Moves the bonus towards a land rate, by one resolved decision.</summary>
    public void StepDual(double target, double step, LearningEventKind kind)
    {
        var landed = kind == LearningEventKind.Landed ? 1.0 : 0.0;
        Dual = Math.Clamp(Dual + step * (target - landed), 0.0, DualMax);
    }

    private void Decay(long atMs, double decaySeconds)
    {
        if (atMs <= LastMs) return;
        var kept = DetMath.Exp(-((atMs - LastMs) / MsPerSecond) / decaySeconds);
        LastMs = atMs;
        InTime.Decay(kept);
        Survival.Decay(kept);
        Residual.Decay(kept);
        Location.Decay(kept);
    }

    private void LearnFactors(in LearningEvent evidence, int route, int bin, double lnShare)
    {
        var young = evidence.Context.Features.YoungBin;
        switch (evidence.Kind)
        {
            case LearningEventKind.Landed:
                InTime.Successes[route] += 1.0;
                Survival.Successes[bin] += 1.0;
                if (evidence.LnValueRatio is { } lnRatio) ValueError.LearnExact(young, lnRatio);
                break;
            case LearningEventKind.Outbid:
                InTime.Successes[route] += 1.0;
                break;
            case LearningEventKind.Late:
                InTime.Failures[route] += 1.0;
                break;
            case LearningEventKind.ValueGuard:
                ValueError.LearnBelow(young, lnShare);
                break;
            case LearningEventKind.Dropped:
                InTime.Successes[route] += 1.0;
                Survival.Failures[bin] += 1.0;
                break;
        }
    }

    private static int ArmOf(in LearningEvent evidence)
    {
        if (evidence.Kind == LearningEventKind.Skipped) return -1;
        if (evidence.Kind is LearningEventKind.Unknown or > LearningEventKind.Skipped)
            throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Kind, "not an event");
        ArgumentOutOfRangeException.ThrowIfNegative(evidence.Arm, nameof(evidence));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(evidence.Arm, FactoredArms.Count, nameof(evidence));
        return evidence.Arm;
    }
}
