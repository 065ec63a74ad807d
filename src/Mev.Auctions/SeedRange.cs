using System.Globalization;

namespace Mev.Auctions;

/// <summary>Seeds from one to another, both included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public sealed record SeedRange(ulong First, ulong Last)
{
    /// <summary>Seeds of a range at most.</summary>
    public const int CountMax = 1_000;

    /// <summary>They.</summary>
    public IEnumerable<ulong> Seeds
    {
        get
        {
            for (var seed = First; seed <= Last; seed++) yield return seed;
        }
    }

    /// <summary>Reads <c>A-B</c> or <c>A</c>; null when it is neither, or too many.</summary>
    public static SeedRange? Read(string text)
    {
        var parts = text.Split('-');
        return parts.Length is 1 or 2 && Number(parts[0]) is { } first && Number(parts[^1]) is { } last
            && first <= last && last < ulong.MaxValue && last - first < CountMax
                ? new SeedRange(first, last)
                : null;
    }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
