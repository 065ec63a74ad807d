using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>
/// A recorded day of Whirlpool blocks (JSON lines, one block each, gzip or plain): its slots, times and swaps.
/// Instructions other than swaps are passed over.
/// </summary>
public sealed class RecordedDayReader(string path)
{
    /// <summary>Swaps that one block may hold.</summary>
    public const int SwapsPerBlockMax = 4_096;

    /// <summary>The blocks in the order of the file.</summary>
    /// <exception cref="FeedException">The file is missing, cut or not of the format.</exception>
    public IEnumerable<RecordedBlock> Read()
    {
        using var lines = new RecordingLines(path);
        while (TryRead(lines, out var block)) yield return block;
    }

    private static bool TryRead(RecordingLines lines, out RecordedBlock block)
    {
        block = null!;
        if (!lines.TryRead(out var line)) return false;
        try
        {
            var json = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref json);
            block = Block(document.RootElement, lines);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no UTF-8
        {
            throw lines.Bad("not JSON, or cut short", e);
        }
    }

    private static RecordedBlock Block(JsonElement json, RecordingLines lines)
    {
        var swaps = ImmutableArray.CreateBuilder<RecordedSwap>();
        var least = 0UL;
        foreach (var transaction in Items(json, "transactions", lines))
        {
            var index = Number(transaction, "index", lines);
            if (index < least) throw lines.Bad($"transaction {index} comes again or too late: the order is broken");
            least = index + 1;
            foreach (var instruction in Items(transaction, "instructions", lines))
            {
                if (!Member(instruction, "name", JsonValueKind.String, lines).ValueEquals("swap")) continue;
                if (swaps.Count == SwapsPerBlockMax) throw lines.Bad($"more than {SwapsPerBlockMax} swaps in a block");
                swaps.Add(Swap(transaction, Member(instruction, "payload", JsonValueKind.Object, lines), lines));
            }
        }
        return new RecordedBlock
        {
            Slot = new Slot(Number(json, "slot", lines)),
            UnixTime = Time(json, lines),
            Swaps = swaps.ToImmutable(),
        };
    }

    private static RecordedSwap Swap(JsonElement transaction, JsonElement payload, RecordingLines lines) => new()
    {
        TransactionIndex = (int)Math.Min(Number(transaction, "index", lines), int.MaxValue),
        Signature = Signature(transaction, lines),
        Pool = new PoolId(
            Pubkey.TryParse(Member(payload, "keyWhirlpool", JsonValueKind.String, lines).GetString(), out var pool)
                ? pool : throw lines.Bad("'keyWhirlpool' is not a base58 address")),
        Direction = Number(payload, "dataAToB", lines) == 1 ? SwapDirection.AToB : SwapDirection.BToA,
        IsExactIn = Number(payload, "dataAmountSpecifiedIsInput", lines) == 1,
        Amount = new TokenAmount(Number(payload, "dataAmount", lines)),
        AmountIn = new TokenAmount(Number(payload, "transferAmount0", lines)),
        AmountOut = new TokenAmount(Number(payload, "transferAmount1", lines)),
    };

    private static TransactionSignature Signature(JsonElement transaction, RecordingLines lines)
    {
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        var text = Member(transaction, "signature", JsonValueKind.String, lines).GetString();
        return Base58.TryDecode(text, bytes, out var written) && written == bytes.Length
            ? TransactionSignature.From(bytes) : throw lines.Bad("'signature' is not base58 of 64 bytes");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement json, string name, RecordingLines lines) =>
        Member(json, name, JsonValueKind.Array, lines).EnumerateArray();

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind, RecordingLines lines) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value : throw lines.Bad($"'{name}' is missing or no {kind}");

    private static long Time(JsonElement json, RecordingLines lines)
    {
        var seconds = Number(json, "blockTime", lines);
        return seconds <= (ulong)ReplayLine.UnixTimeMax
            ? (long)seconds : throw lines.Bad("'blockTime' is not a time in seconds");
    }

    private static ulong Number(JsonElement json, string name, RecordingLines lines)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
            throw lines.Bad($"'{name}' is missing");
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (isNumber && value.TryGetUInt64(out var number)) return number;
        if (value.ValueKind == JsonValueKind.String
            && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }
        throw lines.Bad($"'{name}' is not a whole number below 2^64");
    }
}
