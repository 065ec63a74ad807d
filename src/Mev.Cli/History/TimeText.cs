using System.Globalization;
using System.Text.RegularExpressions;

namespace Mev.Cli.History;

/// <summary>Times as people write them: a time, or how long ago.</summary>
internal static partial class TimeText
{
    /// <summary>What the gateway reads: <c>90m</c>, <c>2h</c>, <c>1d</c> ago as a time, all else unchanged.</summary>
    public static string Of(string text, DateTimeOffset now)
    {
        var match = Ago().Match(text);
        if (!match.Success) return text;
        var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var ago = match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
        return (now - ago).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^([0-9]{1,4})([smhd])$")]
    private static partial Regex Ago();
}
