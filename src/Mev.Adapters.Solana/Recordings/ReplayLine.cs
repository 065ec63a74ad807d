using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Feed;
using Mev.Domain.Pools;

namespace Mev.Adapters.Solana.Recordings;

/// <summary>One line of a replay: a swap and every account that it changed. Used again for later lines.</summary>
internal sealed class ReplayLine
{
    /// <summary>Accounts that one line may change; the chain lets a transaction lock 128.</summary>
    public const int UpdatesMax = 256;

    /// <summary>Latest block time, seconds since 1970: the end of the year 9999.</summary>
    public const long UnixTimeMax = 253_402_300_799;

    private readonly AccountBytes _bytes = new();
    private readonly List<(Pubkey Key, Range Bytes)> _updates = [];
    private Fields _seen;

    [Flags]
    private enum Fields
    {
        None = 0, Slot = 1, BlockTime = 2, Signature = 4, Pool = 8, AToB = 16, Amount = 32, Updates = 64, All = 127,
    }

    /// <summary>Its number in the file, from 1.</summary>
    public ulong Number { get; private set; }

    public Slot Slot { get; private set; }

    public long BlockTime { get; private set; }

    /// <summary>Place of its transaction in the slot; null where the line does not say.</summary>
    public ulong? Index { get; private set; }

    public TransactionSignature Signature { get; private set; }

    public SwapOrder Order { get; private set; }

    public int UpdateCount => _updates.Count;

    /// <summary>The accounts' new bytes, in order.</summary>
    public (Pubkey Key, ReadOnlyMemory<byte> Data) Update(int index) =>
        (_updates[index].Key, _bytes.Slice(_updates[index].Bytes));

    /// <summary>Reads the line that <paramref name="lines"/> stands on.</summary>
    /// <exception cref="FeedException">It is not a replay line.</exception>
    public void Parse(ReadOnlySpan<byte> line, RecordingLines lines, KeyCache keys)
    {
        _bytes.Clear();
        _updates.Clear();
        (_seen, Order, Index, Number) = (Fields.None, default, null, (ulong)lines.Line);
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw lines.Bad("no JSON object");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadField(ref json, lines, keys);
            if (json.Read()) throw lines.Bad("something follows the object");
        }
        catch (JsonException e)
        {
            throw lines.Bad("not JSON, or cut short", e);
        }
        if (_seen != Fields.All) throw lines.Bad($"missing: {Fields.All & ~_seen}");
    }

    /// <summary>The same swap with the same bytes afterwards: no two swaps leave a pool as it was.</summary>
    public bool IsRepeatedBy(ReplayLine later)
    {
        if (Order != later.Order || Signature != later.Signature || UpdateCount != later.UpdateCount) return false;
        for (var i = 0; i < UpdateCount; i++)
        {
            var (one, other) = (Update(i), later.Update(i));
            if (one.Key != other.Key || !one.Data.Span.SequenceEqual(other.Data.Span)) return false;
        }
        return true;
    }

    /// <summary>Why it cannot follow a line of the recording; null when it can.</summary>
    public string? RefusalAfter(ReplayLine earlier)
    {
        if (Slot != earlier.Slot)
            return Slot < earlier.Slot ? $"slot {Slot} follows slot {earlier.Slot}: the order is broken" : null;
        if (Index < earlier.Index)
            return $"transaction {Index} of slot {Slot} follows transaction {earlier.Index}: the order is broken";
        if (Index == earlier.Index && Index is not null && Signature != earlier.Signature)
            return $"transaction {Index} of slot {Slot} has two signatures";
        return earlier.IsRepeatedBy(this) ? "it repeats the line before it" : null;
    }

    private void ReadField(ref Utf8JsonReader json, RecordingLines lines, KeyCache keys)
    {
        if (json.ValueTextEquals("slot"u8)) ReadSlot(ref json, lines);
        else if (json.ValueTextEquals("blockTime"u8)) BlockTime = Time(ref json, lines);
        else if (json.ValueTextEquals("index"u8)) Index = ReadNumber(ref json, lines, Fields.None, "index");
        else if (json.ValueTextEquals("signature"u8)) Signature = ReadSignature(ref json, lines);
        else if (json.ValueTextEquals("pool"u8)) ReadPool(ref json, lines, keys);
        else if (json.ValueTextEquals("aToB"u8)) ReadDirection(ref json, lines);
        else if (json.ValueTextEquals("exactIn"u8)) CheckExactIn(ref json, lines);
        else if (json.ValueTextEquals("amount"u8)) ReadAmount(ref json, lines);
        else if (json.ValueTextEquals("updates"u8)) ReadUpdates(ref json, lines, keys);
        else Skip(ref json);
    }

    private void ReadSlot(ref Utf8JsonReader json, RecordingLines lines)
    {
        var slot = ReadNumber(ref json, lines, Fields.Slot, "slot");
        Slot = new Slot(slot);
        if (Slot > Slot.Max) throw lines.Bad($"'slot' is {slot}; allowed are 1 to {Slot.Max}");
    }

    private ulong ReadNumber(ref Utf8JsonReader json, RecordingLines lines, Fields field, string name)
    {
        json.Read();
        See(field, lines);
        var isNumber = json.TokenType switch
        {
            JsonTokenType.Number => json.TryGetUInt64(out _),
            JsonTokenType.String => ulong.TryParse(json.ValueSpan, null, out _),
            _ => false,
        };
        if (!isNumber) throw lines.Bad($"'{name}' is not a whole number below 2^64");
        return ulong.Parse(json.ValueSpan, null);
    }

    private long Time(ref Utf8JsonReader json, RecordingLines lines)
    {
        json.Read();
        See(Fields.BlockTime, lines);
        var isTime = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var seconds)
            && seconds is >= 0 and <= UnixTimeMax;
        return isTime ? json.GetInt64() : throw lines.Bad("'blockTime' is not a time in seconds");
    }

    private TransactionSignature ReadSignature(ref Utf8JsonReader json, RecordingLines lines)
    {
        json.Read();
        See(Fields.Signature, lines);
        Span<char> text = stackalloc char[Base58.DigitsMax];
        Span<byte> bytes = stackalloc byte[TransactionSignature.Length];
        return JsonText.TryBase58(json, text, out var length)
            && Base58.TryDecode(text[..length], bytes, out var written) && written == bytes.Length
            ? TransactionSignature.From(bytes) : throw lines.Bad("'signature' is not base58 of 64 bytes");
    }

    private void ReadPool(ref Utf8JsonReader json, RecordingLines lines, KeyCache keys)
    {
        json.Read();
        See(Fields.Pool, lines);
        if (!keys.TryRead(json, out var pool)) throw lines.Bad("'pool' is not a base58 address");
        Order = Order with { Pool = new PoolId(pool) };
    }

    private void ReadDirection(ref Utf8JsonReader json, RecordingLines lines)
    {
        json.Read();
        See(Fields.AToB, lines);
        if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False)) throw lines.Bad("'aToB' is no boolean");
        Order = Order with { Direction = json.GetBoolean() ? SwapDirection.AToB : SwapDirection.BToA };
    }

    private void ReadAmount(ref Utf8JsonReader json, RecordingLines lines) =>
        Order = Order with { AmountIn = new TokenAmount(ReadNumber(ref json, lines, Fields.Amount, "amount")) };

    private static void CheckExactIn(ref Utf8JsonReader json, RecordingLines lines)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.True) throw lines.Bad("'exactIn' is not true: only exact-in swaps replay");
    }

    private void ReadUpdates(ref Utf8JsonReader json, RecordingLines lines, KeyCache keys)
    {
        json.Read();
        See(Fields.Updates, lines);
        if (json.TokenType != JsonTokenType.StartArray) throw lines.Bad("'updates' is no array");
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (_updates.Count == UpdatesMax) throw lines.Bad($"more than {UpdatesMax} updates");
            ReadUpdate(ref json, lines, keys);
        }
        if (json.TokenType != JsonTokenType.EndArray) throw lines.Bad("'updates' holds something else than objects");
    }

    private void ReadUpdate(ref Utf8JsonReader json, RecordingLines lines, KeyCache keys)
    {
        (Pubkey? key, Range? bytes) = (null, null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("pubkey"u8))
            {
                json.Read();
                if (key is not null) throw lines.Bad("'pubkey' comes twice");
                if (!keys.TryRead(json, out var read)) throw lines.Bad("'pubkey' is not a base58 address");
                key = read;
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                if (bytes is not null) throw lines.Bad("'data' comes twice");
                if (!_bytes.TryAppend(json, out var range)) throw lines.Bad("'data' is not base64");
                bytes = range;
            }
            else
            {
                Skip(ref json);
            }
        }
        if (key is null || bytes is null) throw lines.Bad("an update without pubkey or data");
        _updates.Add((key.Value, bytes.Value));
    }

    private void See(Fields field, RecordingLines lines)
    {
        if (_seen.HasFlag(field) && field != Fields.None) throw lines.Bad($"'{field}' comes twice");
        _seen |= field;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
