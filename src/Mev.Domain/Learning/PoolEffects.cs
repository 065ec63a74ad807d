namespace Mev.Domain.Learning;

/// <summary>
/// What the best rival bid on each pool lies off the regression, as a logarithm: a normal for each pool around 0, moved
/// by one step of Kalman's for each piece of evidence. Where a moving average takes our own tip for the price of an
/// auction that we won, this takes it for the bound that it is. Nothing is forgotten.
/// </summary>
/// <typeparam name="TPool">What a pool is named by.</typeparam>
public sealed class PoolEffects<TPool>
    where TPool : struct, IEquatable<TPool>
{
    /// <summary>Variance of the effects before any evidence: a deviation of about 17 %.</summary>
    public const double PriorVariance = 0.03;

    /// <summary>Pools with an effect of their own at most; one beyond stays at 0.</summary>
    public const int PoolsMax = WinningFractions<TPool>.PoolsMax;

    private readonly Dictionary<TPool, Effect> _effects = [];

    /// <summary>The effect of one pool as it is believed; 0 before any evidence.</summary>
    public double Of(TPool pool) => _effects.TryGetValue(pool, out var effect) ? effect.Mean : 0.0;

    /// <summary>Takes in an event on one pool. The sampler's own belief is that before the event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The event has an arm that is none of the sampler's.</exception>
    public void Learn(TPool pool, in LearningEvent evidence, FactoredSampler sampler)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(evidence.Arm, FactoredArms.Count, nameof(evidence));
        var lnShare = evidence.Arm < 0 ? 0.0 : FactoredArms.LnShares[evidence.Arm / FactoredArms.RoutesCount];
        var win = WinEvidence.Of(evidence, lnShare);
        if (win.Side == WinEvidence.Knowledge.None) return;
        if (!_effects.TryGetValue(pool, out var effect))
        {
            if (_effects.Count == PoolsMax) return;
            effect = new Effect(0.0, PriorVariance);
        }
        var (mean, variance) = sampler.Foresee(evidence.Context);
        var step = LocationStep.Of(win, mean + effect.Mean, effect.Variance + variance);
        _effects[pool] = new Effect(
            effect.Mean + effect.Variance * step.Mean,
            effect.Variance - effect.Variance * effect.Variance * step.Variance);
    }

    private readonly record struct Effect(double Mean, double Variance);
}
