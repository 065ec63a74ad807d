namespace Mev.Domain.Learning;

/// <content>The belief without chance, and under another bonus.</content>
public sealed partial class FactoredSampler
{
    /// <summary>Largest bonus on a landing.</summary>
    public const double BonusMax = FactoredPosterior.DualMax;

    /// <inheritdoc/>
    public void Expect(in ChoiceContext context, Span<ArmExpectation> destination)
    {
        var costs = RouteCosts.Of(context);
        var draw = new FactoredDraw(
            _posterior, context, default, 0.0, stackalloc double[FactoredDraw.ScratchLength]);
        for (var share = 0; share < FactoredArms.SharesCount; share++)
        {
            var arm = FactoredArms.RoutesCount * share;
            destination[arm] = draw.Expect(share, 0, costs.Standard);
            destination[arm + 1] = draw.Expect(share, 1, costs.Fast);
        }
    }

    /// <summary>The same belief with another relative bonus on a landing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 0 to <see cref="BonusMax"/>.</exception>
    public FactoredSampler WithBonus(double bonus)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bonus);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bonus, BonusMax);
        Span<byte> bytes = stackalloc byte[FactoredPosterior.CanonicalBytesLength];
        _posterior.Write(bytes);
        if (TryRead(_terms, bytes, out var sampler) is not PosteriorRefusal.None || sampler is null)
            throw new InvalidOperationException("a belief does not read its own bytes");
        sampler._posterior.Dual = bonus;
        return sampler;
    }
}
