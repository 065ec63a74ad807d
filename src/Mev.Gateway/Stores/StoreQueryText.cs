using System.Globalization;
using System.Text.RegularExpressions;
using Mev.Gateway.Wire;
using Mev.Journal.Stores.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mev.Gateway.Stores;

/// <summary>Reads what questions to the store are made of; everything else than an answer is a problem.</summary>
internal static partial class StoreQueryText
{
    private const long NsPerTick = 100;
    private const long NsPerSecond = 1_000_000_000;
    private static readonly TimeSpan DefaultStretch = TimeSpan.FromDays(1);

    private static readonly string[] Forms =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>A time as nanoseconds since 1970; null of none.</summary>
    public static ProblemHttpResult? Time(string name, string? text, out long? ns)
    {
        ns = null;
        if (text is null) return null;
        var isTime = DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        if (isTime && time >= DateTimeOffset.UnixEpoch && time.Year < 2200) // what 64 bits of nanoseconds hold
        {
            ns = (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NsPerTick;
            return null;
        }
        return Problems.Bad(
            "Bad time", $"{name} '{text}' is no time; write it as 2026-11-28T04:00:00Z, from 1970 to 2199.");
    }

    /// <summary>A stretch of time in intervals; by default the last day in hours.</summary>
    public static ProblemHttpResult? Range(
        TimeProvider time, string? from, string? to, string? interval, string? strategy, out StoreRange range)
    {
        range = new StoreRange(0, 0, 1, strategy);
        if (Time("from", from, out var first) is { } badFrom) return badFrom;
        if (Time("to", to, out var last) is { } badTo) return badTo;
        if (Interval(interval) is not { } length)
        {
            return Problems.Bad(
                "Bad interval", $"interval '{interval}' is no length; write 10s, 5m, 1h or 1d, a day at most 1000d.");
        }
        var now = (time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NsPerTick;
        var end = last ?? now + 1;
        var begin = first ?? Math.Max(0, end - DefaultStretch.Ticks * NsPerTick);
        if (begin > end) return Problems.Bad("Bad times", $"from '{from}' is after to '{to}'.");
        if ((end - begin) / length > StoreRange.IntervalsMax)
        {
            return Problems.Bad(
                "Too many intervals",
                $"from, to and interval make more than {StoreRange.IntervalsMax} intervals; ask for longer ones.");
        }
        range = new StoreRange(begin, end, length, strategy);
        return null;
    }

    /// <summary>An enum's value by its name alone; a problem that lists the names otherwise.</summary>
    public static ProblemHttpResult? Name<TEnum>(string name, string? text, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (text is null) return null;
        foreach (var known in Enum.GetValues<TEnum>())
            if (text.Equals($"{known}", StringComparison.OrdinalIgnoreCase)) value = known;
        return value is not null ? null : Problems.Bad(
            $"Bad {name}", $"{name} '{text}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}.");
    }

    private static long? Interval(string? text)
    {
        if (text is null) return 3_600 * NsPerSecond;
        var match = Length().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count))
            return null;
        var unit = match.Groups[2].Value switch { "s" => 1, "m" => 60, "h" => 3_600, _ => 86_400 };
        return count is 0 or > 1_000 ? null : count * unit * NsPerSecond;
    }

    [GeneratedRegex("^([0-9]{1,4})([smhd])$")]
    private static partial Regex Length();
}
