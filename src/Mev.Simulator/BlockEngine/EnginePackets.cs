using System.Text.Json;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Simulator.Rpc;

namespace Mev.Simulator.BlockEngine;

/// <summary>Transactions in requests of JSON-RPC: base58 where no encoding is said, as the real engine does.</summary>
internal static class EnginePackets
{
    /// <summary>Entries of a list that are read; a bundle has far fewer.</summary>
    public const int EntriesMax = 64;

    private const int DigitsMax = 1_700; // of a packet's 1,232 bytes in base58

    /// <summary>The bytes of each text; null for one that is not in the encoding that is said.</summary>
    public static List<ReadOnlyMemory<byte>?> Read(RpcParameters parameters, JsonElement texts)
    {
        if (texts.ValueKind != JsonValueKind.Array) throw EngineRefusal.Bad("Invalid params: a list is missing");
        if (texts.GetArrayLength() > EntriesMax) throw EngineRefusal.Of(RefusalRow.TooMany);
        return [.. texts.EnumerateArray().Select(text => ReadOne(parameters, text))];
    }

    /// <summary>The bytes of one text.</summary>
    public static ReadOnlyMemory<byte>? ReadOne(RpcParameters parameters, JsonElement text)
    {
        if (text.ValueKind != JsonValueKind.String) return null;
        var encoding = parameters.Member(1, "encoding");
        return encoding switch
        {
            { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => FromBase58(text.GetString() ?? ""),
            { ValueKind: JsonValueKind.String } when encoding.ValueEquals("base58") =>
                FromBase58(text.GetString() ?? ""),
            { ValueKind: JsonValueKind.String } when encoding.ValueEquals("base64") =>
                text.TryGetBytesFromBase64(out var bytes) ? bytes : default(ReadOnlyMemory<byte>?),
            _ => throw EngineRefusal.Bad("Invalid params: unknown encoding"),
        };
    }

    private static ReadOnlyMemory<byte>? FromBase58(string text)
    {
        Span<byte> bytes = stackalloc byte[TransactionLimits.PacketBytesMax];
        return Base58.TryDecode(text, bytes, out var written, DigitsMax)
            ? bytes[..written].ToArray()
            : default(ReadOnlyMemory<byte>?);
    }
}
