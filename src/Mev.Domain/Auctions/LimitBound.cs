namespace Mev.Domain.Auctions;

/// <summary>How near to the limit of information the profit has to come.</summary>
/// <param name="Raw">As it is.</param>
/// <param name="Norm">With every opportunity weighing alike.</param>
public sealed record LimitBound(GoalBound Raw, GoalBound Norm)
{
    /// <summary>Both, in the order of the table.</summary>
    public IEnumerable<GoalBound> Lines => [Raw, Norm];

    /// <summary>The same share is asked of both.</summary>
    /// <param name="name">G1 to G5.</param>
    /// <param name="what">What the profit of a kind is called.</param>
    /// <param name="percent">Of the distribution oracle's, at least.</param>
    public static LimitBound Of(string name, Func<string, string> what, double percent)
    {
        return new LimitBound(Line("raw"), Line("norm"));

        GoalBound Line(string kind) => new(name, $"{what(kind)}, % of the distribution oracle", percent);
    }
}
