using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Gateway.Wire;

/// <summary>Reads the bound of a page.</summary>
internal static class PageLimit
{
    public const int Max = 500;
    public const int Default = 50;

    /// <summary>The limit asked for; otherwise the problem.</summary>
    public static ProblemHttpResult? Read(string? text, out int limit)
    {
        limit = Default;
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Max)
            return null;
        return Problems.Bad(
            "Bad limit", $"limit '{text}' is not a whole number from 1 to {Max}; leave it out for {Default}.");
    }
}
