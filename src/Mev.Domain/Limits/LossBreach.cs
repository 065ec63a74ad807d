namespace Mev.Domain.Limits;

/// <summary>A loss beyond its limit.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Limit">In lamports, or the number of failures.</param>
/// <param name="Observed">In the same unit.</param>
public readonly record struct LossBreach(LossRule Rule, long Limit, long Observed)
{
    /// <inheritdoc/>
    public override string ToString() => $"loss, {Rule}: {Observed} is more than {Limit}";
}
