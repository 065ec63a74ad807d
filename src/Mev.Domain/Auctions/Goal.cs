using System.Globalization;

namespace Mev.Domain.Auctions;

/// <summary>One line of the goals: what was measured, and against what.</summary>
/// <param name="Name">G1 to G5.</param>
/// <param name="What">What was measured, and in which unit.</param>
/// <param name="Measured">The figure.</param>
/// <param name="Bound">What is asked for.</param>
/// <param name="IsMost">Whether the bound is the most that it may be, and not the least.</param>
public sealed record Goal(string Name, string What, double Measured, double Bound, bool IsMost = false)
{
    /// <summary>Whether it is as asked; a figure that there is not is not.</summary>
    public bool IsMet => double.IsFinite(Measured) && (IsMost ? Measured <= Bound : Measured >= Bound);

    /// <summary>Its cells in a table.</summary>
    public IReadOnlyList<string> Cells => [Name, What, Text(Measured), Asked, IsMet ? "met" : "MISSED"];

    /// <summary>In a sentence.</summary>
    public override string ToString() => $"{Name}, {What}: {Text(Measured)}, asked is {Asked}";

    private string Asked => (IsMost ? "<= " : ">= ") + Text(Bound);

    private static string Text(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);
}
