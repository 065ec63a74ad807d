using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>
/// The sampler of the product: one drawn law of the best rival bid gives every tip its probability of winning, and
/// drawn lateness, survival and value error turn that into an expected profit. The best arm above 0 is played.
/// </summary>
public sealed partial class FactoredSampler : ISampler
{
    private readonly FactoredTerms _terms;
    private readonly FactoredPosterior _posterior;
    private PosteriorId? _id; // null: not yet computed since the last change

    private FactoredSampler(FactoredTerms terms, FactoredPosterior posterior) =>
        (_terms, _posterior) = (terms, posterior);

    /// <summary>The prior.</summary>
    public FactoredSampler(FactoredTerms terms)
        : this(terms, new FactoredPosterior { Dual = terms.DualStart })
    {
    }

    /// <summary>The prior with its location moved, ln units; 0 moves nothing.</summary>
    public static FactoredSampler WithPrior(FactoredTerms terms, double locationShift)
    {
        var posterior = new FactoredPosterior();
        posterior.Location.Mean[0] += locationShift;
        return new FactoredSampler(terms, posterior);
    }

    /// <inheritdoc/>
    public SamplerKind Kind => _terms.LandRateTarget is null ? SamplerKind.Factored : SamplerKind.FactoredFloor;

    /// <summary>
    /// Whether events lead to it: a sampler without a floor never steps a bonus, and variances stay above their floors.
    /// </summary>
    internal bool IsReachable =>
        _posterior.KeepsVarianceFloors && (_terms.LandRateTarget is not null || _posterior.Dual == 0.0);

    /// <inheritdoc/>
    public ImmutableArray<Arm> Arms => FactoredArms.All;

    /// <inheritdoc/>
    public double Dual => _posterior.Dual;

    /// <inheritdoc/>
    public int CanonicalLength => FactoredPosterior.CanonicalBytesLength;

    /// <inheritdoc/>
    public PosteriorId Id
    {
        get
        {
            if (_id is { } known) return known;
            Span<byte> bytes = stackalloc byte[FactoredPosterior.CanonicalBytesLength];
            WriteCanonical(bytes);
            var id = PosteriorId.Of(bytes);
            _id = id;
            return id;
        }
    }

    /// <inheritdoc/>
    public void WriteCanonical(Span<byte> destination)
    {
        if (destination.Length < CanonicalLength)
            throw new ArgumentException($"{destination.Length} bytes of {CanonicalLength}", nameof(destination));
        _posterior.Write(destination);
    }

    /// <inheritdoc/>
    public ArmChoice Choose(in ChoiceContext context, in DrawStream stream)
    {
        var shares = TipRange.Of(context, FactoredArms.SharesBasisPoints);
        if (shares.Count == 0) return Chosen(context, new TopScores(), 0, 0.0, -1);
        var costs = RouteCosts.Of(context);
        var draw = Look(context, stream, stackalloc double[FactoredDraw.ScratchLength]);
        var top = new TopScores();
        for (var share = shares.First; share <= shares.Last; share++)
        {
            var promise = draw.Promise(share);
            var arm = FactoredArms.RoutesCount * share;
            top.Offer(arm, draw.Score(promise, 0, costs.Standard));
            top.Offer(arm + 1, draw.Score(promise, 1, costs.Fast));
        }
        var exploration = ExplorationOf(context.Value);
        var calibrated = Calibrated(exploration, shares, stream);
        return Chosen(context, top, FactoredArms.RoutesCount * shares.Count, exploration, calibrated);
    }

    /// <inheritdoc/>
    public int DrawsCount => FactoredDraw.DrawnCount;

    /// <inheritdoc/>
    public double ChanceIn(Lamports value) =>
        value > Lamports.Zero ? FactoredDraw.KappaOf(value.Value) : 1.0;

    /// <inheritdoc/>
    public void WriteDraws(in ChoiceContext context, in DrawStream stream, Span<double> destination) =>
        Look(context, stream, stackalloc double[FactoredDraw.ScratchLength]).WriteDrawn(destination);

    /// <inheritdoc/>
    public double TypicalLanding(int arm) => LandingProbability(default, arm);

    /// <inheritdoc/>
    public void Apply(in LearningEvent evidence)
    {
        _posterior.Learn(evidence, _terms.DecaySeconds);
        if (_terms.LandRateTarget is { } target) _posterior.StepDual(target, _terms.DualStep, evidence.Kind);
        _id = null;
    }

    /// <summary>The arm's probability of landing by the means of the belief, without chance.</summary>
    public double LandingProbability(in ChoiceContext context, int arm)
    {
        var draw = new FactoredDraw(
            _posterior, context, default, 0.0, stackalloc double[FactoredDraw.ScratchLength]);
        return draw.Landing(arm / FactoredArms.RoutesCount, arm % FactoredArms.RoutesCount);
    }

    /// <summary>What the law of the best rival bid expects before any offset: ln share and variance.</summary>
    internal (double Mean, double Variance) Foresee(in ChoiceContext context)
    {
        Span<double> x = stackalloc double[FeatureVector.Length];
        context.Features.CopyTo(x);
        return (LocationLaw.Dot(_posterior.Location.Mean, x), _posterior.Location.VarianceAt(x));
    }

    /// <summary>The random look behind a choice.</summary>
    internal FactoredDraw Look(in ChoiceContext context, in DrawStream stream, Span<double> scratch) =>
        new(_posterior, context, stream, FactoredDraw.KappaOf(context.Value.Value), scratch, _terms.DrawsRivals);

    /// <summary>
    /// A sampler of those terms whose canonical bytes these are, or the reason why they are none. Never throws.
    /// </summary>
    internal static PosteriorRefusal TryRead(
        FactoredTerms terms, ReadOnlySpan<byte> bytes, out FactoredSampler? sampler)
    {
        var refusal = FactoredPosterior.TryRead(bytes, out var posterior);
        sampler = posterior is null ? null : new FactoredSampler(terms, posterior);
        return refusal;
    }

    /// <summary>How often the calibration slice picks upon that value: only small ones are cheap enough.</summary>
    private double ExplorationOf(Lamports value) =>
        FactoredDraw.KappaOf(value.Value) < 1.0 ? 0.0 : _terms.CalibrationShare;

    /// <summary>The arm that the calibration slice picks, all allowed ones alike; -1 outside the slice.</summary>
    private static int Calibrated(double exploration, TipRange shares, in DrawStream stream)
    {
        if (exploration <= 0.0) return -1;
        var draws = stream.At(DrawPurposes.CalibrationSlice);
        if (draws.Uniform() >= exploration) return -1;
        var count = FactoredArms.RoutesCount * shares.Count;
        return FactoredArms.RoutesCount * shares.First + Math.Min((int)(count * draws.Uniform()), count - 1);
    }

    private static ArmChoice Chosen(
        in ChoiceContext context, TopScores top, int candidates, double exploration, int calibrated)
    {
        var index = calibrated >= 0 ? calibrated : top.Best.Arm;
        var arm = index < 0 ? Arm.None : FactoredArms.All[index];
        return new ArmChoice
        {
            CandidatesCount = candidates,
            Arm = arm,
            Index = index,
            Tip = arm.TipOn(context.Value),
            IsRandomised = calibrated >= 0,
            Exploration = exploration,
            Best = top.Best,
            Second = top.Second,
            Third = top.Third,
        };
    }
}
