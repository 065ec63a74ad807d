using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Gateway.Wire;

/// <summary>Reads whole numbers of paths and queries.</summary>
internal static class NumberText
{
    /// <summary>The number asked for, or <paramref name="otherwise"/> where none is; otherwise the problem.</summary>
    public static ProblemHttpResult? Read(
        string name, string? text, long min, long max, long? otherwise, out long number)
    {
        number = otherwise ?? 0;
        if (text is null && otherwise is not null) return null;
        var isOne = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (isOne && number >= min && number <= max) return null;
        var remedy = otherwise is null ? "." : $"; leave it out for {otherwise}.";
        return Problems.Bad(
            $"Bad {name}", max < min
                ? $"there is no {name} yet: nothing is under a checkpoint. Ask again in a second."
                : $"{name} '{text}' is not a whole number from {min} to {max}{remedy}");
    }
}
