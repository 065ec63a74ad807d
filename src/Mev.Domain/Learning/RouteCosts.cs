using Mev.Domain.Chain;

namespace Mev.Domain.Learning;

/// <summary>What a submission costs by each route, as a share of the estimated profit.</summary>
/// <param name="Standard">By the standard route.</param>
/// <param name="Fast">By the fast route.</param>
internal readonly record struct RouteCosts(double Standard, double Fast)
{
    /// <summary>The costs on an opportunity; 0 without a value, where no arm is allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cost is below 0.</exception>
    public static RouteCosts Of(in ChoiceContext context) =>
        new(ShareOf(context, context.StandardRouteCost), ShareOf(context, context.FastRouteCost));

    private static double ShareOf(in ChoiceContext context, Lamports cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost.Value, nameof(context));
        return context.Value <= Lamports.Zero ? 0.0 : cost.Value / (double)context.Value.Value;
    }
}
