using System.Globalization;
using System.Text.Json;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;

namespace Mev.Adapters.Jito.Tips;

/// <summary>
/// Reads published tips: an array of one object with amounts in SOL, in any notation of JSON. Whatever bytes come, it
/// returns.
/// </summary>
internal static class TipFloorReader
{
    private const decimal LamportsPerSol = 1_000_000_000;

    /// <summary>The tips; none when the bytes are not of that form or contradict themselves.</summary>
    public static TipFloor? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 1) return null;
            var floor = Read(root[0]);
            return floor.IsMonotone ? floor : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }

    private static TipFloor Read(JsonElement told) => new()
    {
        AtMs = told.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds(),
        P25 = Amount(told, "landed_tips_25th_percentile"),
        P50 = Amount(told, "landed_tips_50th_percentile"),
        P75 = Amount(told, "landed_tips_75th_percentile"),
        P95 = Amount(told, "landed_tips_95th_percentile"),
        P99 = Amount(told, "landed_tips_99th_percentile"),
        AverageP50 = Amount(told, "ema_landed_tips_50th_percentile"),
    };

    // As decimal: a double would round before the rounding that is meant.
    private static Lamports Amount(JsonElement told, string name)
    {
        var sol = decimal.Parse(told.GetProperty(name).GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
        return new Lamports((long)Math.Round(sol * LamportsPerSol, MidpointRounding.AwayFromZero));
    }
}
