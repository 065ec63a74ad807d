using System.Globalization;

namespace Mev.Cli.Auctions;

/// <summary>One line of the goals: what was measured, and against what.</summary>
internal sealed record Goal(string Name, string What, double Measured, double Bound, bool IsMost = false)
{
    public bool IsMet => IsMost ? Measured <= Bound : Measured >= Bound;

    public IReadOnlyList<string> Cells =>
    [
        Name, What, Text(Measured), (IsMost ? "<= " : ">= ") + Text(Bound), IsMet ? "met" : "MISSED",
    ];

    private static string Text(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);
}
