using System.Globalization;
using System.Text.RegularExpressions;

namespace Mev.Cli.History;

/// <summary>Times as people write them: a time, or how long ago.</summary>
internal static partial class TimeText
{
    private const long NsPerTick = 100;
    private const int YearEnd = 2200; // what 64 bits of nanoseconds hold

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

    /// <summary>The same as nanoseconds since 1970.</summary>
    /// <exception cref="CommandFailure">It is no time.</exception>
    public static long Nanoseconds(string option, string text, DateTimeOffset now)
    {
        var isTime = DateTimeOffset.TryParse(
            Of(text, now), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        if (isTime && time >= DateTimeOffset.UnixEpoch && time.Year < YearEnd)
            return (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NsPerTick;
        throw new CommandFailure(
            ExitCode.Usage,
            $"{option} '{text}' is no time; write 2026-11-28T04:00:00Z, from 1970 to 2199, or 90m, 2h, 1d");
    }

    [GeneratedRegex("^([0-9]{1,4})([smhd])$")]
    private static partial Regex Ago();
}
