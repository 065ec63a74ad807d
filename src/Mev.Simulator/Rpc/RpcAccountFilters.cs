using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rpc;

/// <summary>Which accounts of a program are asked for: all filters have to hold.</summary>
internal static class RpcAccountFilters
{
    private const int FiltersMax = 4;

    /// <summary>The filters of a configuration.</summary>
    public static List<Func<ChainAccount, bool>> Read(JsonElement filters)
    {
        if (filters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return [];
        if (filters.ValueKind != JsonValueKind.Array || filters.GetArrayLength() > FiltersMax)
            throw RpcRefusal.Parameters($"filters are a list of at most {FiltersMax}");
        return [.. filters.EnumerateArray().Select(ReadOne)];
    }

    private static Func<ChainAccount, bool> ReadOne(JsonElement filter)
    {
        if (filter.ValueKind != JsonValueKind.Object) throw RpcRefusal.Parameters("a filter is no object");
        if (TryNumber(filter, "dataSize", out var length)) return account => account.Data.Length == length;
        var isMemcmp = filter.TryGetProperty("memcmp", out var memcmp) && memcmp.ValueKind == JsonValueKind.Object;
        if (!isMemcmp || !TryNumber(memcmp, "offset", out var offset) || !memcmp.TryGetProperty("bytes", out var text))
            throw RpcRefusal.Parameters("a filter of no known kind");
        var isBase64 = memcmp.TryGetProperty("encoding", out var encoding)
            && encoding.ValueKind == JsonValueKind.String && encoding.ValueEquals("base64");
        var wanted = isBase64 ? FromBase64(text) : FromBase58(text);
        return account => account.Data.Length >= offset && account.Data.Span[offset..].StartsWith(wanted);
    }

    private static bool TryNumber(JsonElement owner, string name, out int value)
    {
        value = 0;
        return owner.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out value) && value >= 0;
    }

    private static byte[] FromBase58(JsonElement text)
    {
        Span<byte> bytes = stackalloc byte[Base58.DigitsMax];
        return Base58.TryDecode(RpcParameters.Text(text), bytes, out var written)
            ? bytes[..written].ToArray()
            : throw RpcRefusal.Parameters("bytes are not base58");
    }

    private static byte[] FromBase64(JsonElement text) =>
        text.ValueKind == JsonValueKind.String && text.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw RpcRefusal.Parameters("bytes are not base64");
}
