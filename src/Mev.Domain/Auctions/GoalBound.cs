namespace Mev.Domain.Auctions;

/// <summary>A figure that a goal asks for, and what is asked of it.</summary>
/// <param name="Name">G1 to G5.</param>
/// <param name="What">What is measured, and in which unit; with the name it says which figure it is.</param>
/// <param name="Bound">What is asked for.</param>
/// <param name="IsMost">Whether the bound is the most that it may be, and not the least.</param>
public sealed record GoalBound(string Name, string What, double Bound, bool IsMost = false)
{
    /// <summary>A figure of it, held against the bound.</summary>
    public Goal Of(double measured) => new(Name, What, measured, Bound, IsMost);

    /// <summary>Whether that is a figure of it, whatever bound it was held against.</summary>
    public bool IsAskedOf(Goal goal) => (goal.Name, goal.What) == (Name, What);
}
