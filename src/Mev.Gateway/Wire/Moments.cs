using System.Globalization;

namespace Mev.Gateway.Wire;

/// <summary>Times of records for people.</summary>
internal static class Moments
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds since 1970 as UTC with nine digits.</summary>
    public static string Iso(long ns)
    {
        var seconds = Math.DivRem(ns, NsPerSecond, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + NsPerSecond);
        if (seconds is < 0 or > 253_402_300_799) return ns.ToString(CultureInfo.InvariantCulture); // beyond year 9999
        var whole = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{whole:yyyy-MM-ddTHH:mm:ss}.{rest:D9}Z");
    }
}
