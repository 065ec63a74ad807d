using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Jito.Wire;

/// <summary>
/// Reads answers of the engine's JSON-RPC in all shapes that were seen. Whatever bytes come, it returns: what is not of
/// its form is a failure of unknown kind.
/// </summary>
internal static class EngineAnswers
{
    /// <summary>The result of an answer, read by <paramref name="read"/>, or its failure.</summary>
    public static EngineAnswer<T> Read<T>(int status, ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var isObject = root.ValueKind == JsonValueKind.Object;
            if (isObject && root.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
                return EngineAnswer<T>.Failed(ReadError(status, error));
            if (status == 200 && isObject && root.TryGetProperty("result", out var result))
                return EngineAnswer<T>.Of(read(result));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or KeyNotFoundException)
        {
            if (status == 200) return EngineAnswer<T>.Failed(Unread(body, $"not of its form: {e.Message} "));
        }
        return EngineAnswer<T>.Failed(EngineErrors.OfJson(status, 0, Unread(body, $"HTTP {status}: ").Text));
    }

    /// <summary>An id or a signature.</summary>
    public static string ReadText(JsonElement result) => result.GetString() ?? throw new FormatException("no text");

    /// <summary>Addresses.</summary>
    public static ImmutableArray<Pubkey> ReadAddresses(JsonElement result) =>
        [.. result.EnumerateArray().Select(item => Pubkey.TryParse(item.GetString(), out var key)
            ? key
            : throw new FormatException("no address"))];

    /// <summary>
    /// Bundles that the engine saw land; one that it did not is left out, in whatever shape it says so.
    /// </summary>
    public static ImmutableArray<BundleStatus> ReadStatuses(JsonElement result) =>
        [.. Values(result).Select(value => new BundleStatus(
            IdOf(value),
            new Slot(value.GetProperty("slot").GetUInt64()),
            DepthOf(value),
            IsError(value),
            [.. value.GetProperty("transactions").EnumerateArray().Select(ReadText)]))];

    /// <summary>States of bundles of the last minutes.</summary>
    public static ImmutableArray<InflightStatus> ReadInflight(JsonElement result) =>
        [.. Values(result).Select(value => new InflightStatus(
            IdOf(value),
            value.GetProperty("status").GetString() switch
            {
                "Invalid" => InflightState.Invalid,
                "Pending" => InflightState.Pending,
                "Failed" => InflightState.Failed,
                "Landed" => InflightState.Landed,
                _ => InflightState.Unknown,
            },
            value.TryGetProperty("landed_slot", out var slot) && slot.ValueKind == JsonValueKind.Number
                ? new Slot(slot.GetUInt64())
                : null))];

    // Not found is told as a null result, a null value, an empty one, or one that holds null.
    private static IEnumerable<JsonElement> Values(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Null) return [];
        var value = result.GetProperty("value");
        return value.ValueKind == JsonValueKind.Null
            ? []
            : value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null);
    }

    private static BundleId IdOf(JsonElement value) =>
        BundleId.TryParse(value.GetProperty("bundle_id").GetString(), out var id)
            ? id
            : throw new FormatException("no bundle id");

    private static SlotStatus DepthOf(JsonElement value)
    {
        var isNamed = value.TryGetProperty("confirmation_status", out var depth)
            || value.TryGetProperty("confirmationStatus", out depth);
        return (isNamed ? depth.GetString() : null) switch
        {
            "processed" => SlotStatus.Processed,
            "confirmed" => SlotStatus.Confirmed,
            "finalized" => SlotStatus.Finalized,
            _ => SlotStatus.Unknown,
        };
    }

    private static bool IsError(JsonElement value) => value.TryGetProperty("err", out var error)
        && error.ValueKind != JsonValueKind.Null
        && !(error.ValueKind == JsonValueKind.String && error.ValueEquals("null"))
        && !(error.ValueKind == JsonValueKind.Object && error.TryGetProperty("Ok", out _));

    private static EngineFailure ReadError(int status, JsonElement error)
    {
        var isObject = error.ValueKind == JsonValueKind.Object;
        var code = isObject && error.TryGetProperty("code", out var number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : 0;
        var text = isObject && error.TryGetProperty("message", out var message)
            && message.ValueKind == JsonValueKind.String ? message.GetString()! : error.GetRawText();
        return EngineErrors.OfJson(status, code, text);
    }

    private static EngineFailure Unread(ReadOnlyMemory<byte> body, string before) => new(
        EngineFailureKind.Unknown,
        EngineErrors.Cut(before + Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, EngineErrors.TextMax)])));
}
