using System.Buffers.Binary;
using Mev.Domain.Learning;

namespace Mev.Domain.Tests.Learning;

/// <summary>
/// The posterior as the rules of learning say it in words, written down naively a second time and without a look at
/// speed; and, on demand, with a mistake in it.
/// </summary>
internal sealed class SpecifiedPosterior(Mistake mistake, double? landRateTarget = null)
{
    public const int Bins = 44;

    private const double DecaySeconds = 500.0;

    private static readonly double[] Deviations = [0.3, 0.1, 0.1, 0.15, 0.4, 0.4, 0.2];
    private static readonly (double[] In, double[] Below) Prior = PriorHazards();

    private long _lastMs;

    public double[] Mean { get; } = [-0.6, 0.0, 0.0, 0.0, 0.5, 0.5, 0.0];

    /// <summary>Lower triangle.</summary>
    public double[,] Covariance { get; } = Diagonal();

    public double ResidualVariance { get; private set; } = 0.09;

    public double[] In { get; } = [.. Prior.In];

    public double[] Below { get; } = [.. Prior.Below];

    public double[] LateFor { get; } = [2.0, 2.0];

    public double[] LateAgainst { get; } = [1.0, 1.0];

    public double[] SurvivalFor { get; } = [9.0, 9.0, 9.0, 9.0];

    public double[] SurvivalAgainst { get; } = [1.0, 1.0, 1.0, 1.0];

    public double[] ValueMean { get; } = [0.0, 0.0];

    public double[] ValueVariance { get; } = [0.02, 0.02];

    public double[] ValueWeight { get; } = [5.0, 5.0];

    public double Bonus { get; private set; }

    /// <summary>Takes in what came of a decision; null where nobody knows.</summary>
    public void Learn(LearningEventKind? kind, in LearningEvent evidence)
    {
        if (kind is null && mistake == Mistake.BonusOnUnknown) StepBonus(false);
        if (kind is null && mistake != Mistake.UnknownAsLoss) return;
        var what = kind ?? LearningEventKind.Outbid;
        if (what == LearningEventKind.Late && mistake == Mistake.LateAsOutbid) what = LearningEventKind.Outbid;
        if (mistake != Mistake.DecayAfterUpdate) Decay(evidence.AtMs);
        var lnShare = evidence.Arm < 0 ? 0.0 : DetMath.Ln((500 + 200 * (evidence.Arm / 2)) / 10_000.0);
        if (what != LearningEventKind.Skipped) LearnFactors(what, evidence, lnShare);
        LearnBids(what, evidence, lnShare);
        if (mistake == Mistake.DecayAfterUpdate) Decay(evidence.AtMs);
        StepBonus(what == LearningEventKind.Landed);
    }

    /// <summary>The canonical bytes, version 1.</summary>
    public byte[] Bytes()
    {
        var numbers = new List<double>();
        numbers.AddRange(Mean);
        for (var i = 0; i < 7; i++)
            for (var j = 0; j <= i; j++) numbers.Add(Covariance[i, j]);
        numbers.Add(ResidualVariance);
        foreach (var part in (double[][])[In, Below, LateFor, LateAgainst, SurvivalFor, SurvivalAgainst, ValueMean,
            ValueVariance, ValueWeight])
        {
            numbers.AddRange(part);
        }
        numbers.Add(Bonus);
        var bytes = new byte[10 + 8 * numbers.Count];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), _lastMs);
        for (var i = 0; i < numbers.Count; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(10 + 8 * i), numbers[i]);
        return bytes;
    }

    private void StepBonus(bool hasLanded)
    {
        if (landRateTarget is { } target)
            Bonus = Math.Clamp(Bonus + 0.002 * (target - (hasLanded ? 1.0 : 0.0)), 0.0, 2.0);
    }

    private void Decay(long atMs)
    {
        if (atMs <= _lastMs) return;
        var kept = DetMath.Exp(-((atMs - _lastMs) / 1000.0) / DecaySeconds);
        _lastMs = atMs;
        for (var i = 0; i < 2; i++) (LateFor[i], LateAgainst[i]) = (To(2.0, LateFor[i]), To(1.0, LateAgainst[i]));
        for (var i = 0; i < 4; i++)
            (SurvivalFor[i], SurvivalAgainst[i]) = (To(9.0, SurvivalFor[i]), To(1.0, SurvivalAgainst[i]));
        for (var j = 0; j < Bins; j++) (In[j], Below[j]) = (To(Prior.In[j], In[j]), To(Prior.Below[j], Below[j]));
        var wider = new double[7];
        for (var i = 0; i < 7; i++)
        {
            var most = Deviations[i] * Deviations[i] / Covariance[i, i];
            wider[i] = Math.Max(1.0, Math.Sqrt(Math.Min(1.0 / kept, most)));
        }
        for (var i = 0; i < 7; i++)
            for (var j = 0; j <= i; j++) Covariance[i, j] = Covariance[i, j] * wider[j] * wider[i];

        double To(double prior, double count) => prior + (count - prior) * kept;
    }

    private void LearnFactors(LearningEventKind what, in LearningEvent evidence, double lnShare)
    {
        var (route, bin, young) = (evidence.Arm % 2, evidence.Context.SurvivalBin, evidence.Context.Features.YoungBin);
        var isTurned = mistake == Mistake.SuccessesForFailures;
        if (what is LearningEventKind.Landed or LearningEventKind.Outbid or LearningEventKind.Dropped)
            (isTurned ? LateAgainst : LateFor)[route] += 1.0;
        if (what == LearningEventKind.Late) (isTurned ? LateFor : LateAgainst)[route] += 1.0;
        if (what == LearningEventKind.Landed) (isTurned ? SurvivalAgainst : SurvivalFor)[bin] += 1.0;
        if (what == LearningEventKind.Dropped) (isTurned ? SurvivalFor : SurvivalAgainst)[bin] += 1.0;
        var rate = 1.0 / (ValueWeight[young] + 1.0);
        if (what == LearningEventKind.Landed && evidence.LnValueRatio is { } ratio)
        {
            var error = ratio - ValueMean[young];
            ValueMean[young] += rate * error;
            SettleValue(young, rate * (error * error - ValueVariance[young]));
        }
        if (what != LearningEventKind.ValueGuard) return;
        var deviation = Math.Sqrt(ValueVariance[young]);
        var alpha = (lnShare - ValueMean[young]) / deviation;
        var lambda = DetMath.NormalPdf(alpha) / Math.Max(DetMath.NormalCdf(alpha), 1e-6);
        var squared = ValueVariance[young] * (1.0 - alpha * lambda);
        ValueMean[young] -= rate * (deviation * lambda);
        SettleValue(young, rate * (Math.Max(squared, 1e-5) - ValueVariance[young]));
    }

    private void SettleValue(int young, double change)
    {
        ValueVariance[young] = Math.Clamp(ValueVariance[young] + change, 0.001, 0.2);
        ValueWeight[young] = Math.Min(ValueWeight[young] + 1.0, 3000.0);
    }

    private void LearnBids(LearningEventKind what, in LearningEvent evidence, double lnShare)
    {
        var isBelow = what is LearningEventKind.Landed or LearningEventKind.Dropped;
        var exact = isBelow || evidence.WinnerFraction is not { } fraction ? (double?)null : DetMath.Ln(fraction);
        if (!isBelow && exact is null && what != LearningEventKind.Outbid) return;
        if (mistake == Mistake.RightForLeft) isBelow = !isBelow;
        var x = new double[7];
        evidence.Context.Features.CopyTo(x);
        var z = (exact ?? lnShare) - evidence.Context.Offset;
        var before = Sum(Mean, x);
        if (mistake == Mistake.ResidualAfterLocation)
        {
            LearnLocation(exact is not null, isBelow, z, before, x);
            LearnResidual(exact is not null, isBelow, z - Sum(Mean, x));
            return;
        }
        LearnResidual(exact is not null, isBelow, z - before);
        LearnLocation(exact is not null, isBelow, z, before, x);
    }

    private void LearnResidual(bool isExact, bool isBelow, double residual)
    {
        var place = (residual + 1.3) / 0.05;
        if (isExact)
        {
            var bin = residual < -1.3 ? 0 : (int)Math.Min(place, 43.0);
            In[bin] += 1.0;
            for (var j = bin + 1; j < Bins; j++) Below[j] += 1.0;
            return;
        }
        var bound = (int)Math.Clamp(Math.Ceiling(place), 0.0, 44.0);
        if (isBelow)
        {
            for (var j = bound; j < Bins; j++) Below[j] += 1.0;
            return;
        }
        var (parts, left, total) = (new double[Bins], 1.0, 0.0);
        for (var j = Bins - 1; j >= bound; j--)
        {
            var hazard = In[j] / (In[j] + Below[j]);
            parts[j] = left * hazard;
            total += parts[j];
            left *= 1.0 - hazard;
        }
        if (total <= 1e-6) return;
        var sum = 0.0;
        for (var j = Bins - 1; j >= bound; j--)
        {
            In[j] += parts[j] / total;
            sum += parts[j] / total;
            Below[j] += 1.0 - sum;
        }
    }

    private void LearnLocation(bool isExact, bool isBelow, double z, double mean, double[] x)
    {
        var spread = new double[7];
        for (var i = 0; i < 7; i++)
            for (var j = 0; j < 7; j++) spread[i] += Covariance[Math.Max(i, j), Math.Min(i, j)] * x[j];
        var own = Sum(x, spread);
        var variance = own + ResidualVariance;
        var (along, off, squared) = isExact ? Exact(z - mean, variance) : Censored(isBelow, z - mean, variance);
        for (var i = 0; i < 7; i++) Mean[i] += spread[i] * along;
        for (var i = 0; i < 7; i++)
            for (var j = 0; j <= i; j++) Covariance[i, j] -= spread[i] * spread[j] * off;
        ResidualVariance = Math.Clamp(
            0.998 * ResidualVariance + 0.002 * Math.Clamp(squared - own, 1e-4, 1.0), 0.004, 0.5);
    }

    private static (double Along, double Off, double Squared) Exact(double distance, double variance)
    {
        var error = Math.Clamp(distance, -1.0, 1.0);
        return (error / variance, 1.0 / variance, error * error);
    }

    private (double Along, double Off, double Squared) Censored(bool isBelow, double distance, double variance)
    {
        var deviation = Math.Sqrt(variance);
        var alpha = distance / deviation;
        var side = isBelow ? DetMath.NormalCdf(alpha) : 1.0 - DetMath.NormalCdf(alpha);
        var lambda = DetMath.NormalPdf(alpha) / Math.Max(side, 1e-9);
        var shift = isBelow ? -lambda : lambda;
        var factor = isBelow ? lambda * (lambda + alpha) : lambda * (lambda - alpha);
        var squared = variance * (1.0 - factor) + variance * shift * shift;
        if (mistake == Mistake.CensoredSignTurned) shift = -shift;
        return (shift / deviation, factor / variance, squared);
    }

    private static double Sum(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static double[,] Diagonal()
    {
        var covariance = new double[7, 7];
        for (var i = 0; i < 7; i++) covariance[i, i] = Deviations[i] * Deviations[i];
        return covariance;
    }

    private static (double[] In, double[] Below) PriorHazards()
    {
        var (inside, below) = (new double[Bins], new double[Bins]);
        for (var j = 0; j < Bins; j++)
        {
            var low = -1.3 + 0.05 * j;
            var (p1, p2) = (DetMath.NormalCdf(low / 0.28), DetMath.NormalCdf((low + 0.05) / 0.28));
            var hazard = p2 > 1e-9 ? Math.Clamp((p2 - p1) / p2, 1e-4, 0.999) : 0.5;
            var weight = 20.0 * Math.Max(p2, 0.02);
            (inside[j], below[j]) = (hazard * weight, (1.0 - hazard) * weight);
        }
        return (inside, below);
    }
}
