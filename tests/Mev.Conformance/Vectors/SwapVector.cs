using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Vectors;

/// <summary>One swap from an untouched state, and what the program did.</summary>
public sealed class SwapVector
{
    /// <summary>PumpSwap's kinds of swaps: of a given amount of base sold.</summary>
    public const string SellBase = "sellBaseInput";

    /// <summary>Of a wanted amount of quote.</summary>
    public const string SellForQuote = "sellQuoteInput";

    /// <summary>Of a wanted amount of base.</summary>
    public const string BuyBase = "buyBaseInput";

    /// <summary>Of a given amount of quote paid.</summary>
    public const string BuyForQuote = "buyQuoteInput";

    private static readonly string[] DirectionFields = ["coinToPc", "zeroForOne", "aToB", "xToY"];

    private SwapVector(JsonElement json, string id)
    {
        (Json, Id) = (json, id);
        State = (json.TryGetProperty("state", out var state) ? state : json.GetProperty("pool")).GetString() ?? "";
        IsExactIn = json.TryGetProperty("kind", out var kind)
            ? kind.GetString() is SellBase or BuyForQuote
            : !json.TryGetProperty("exactIn", out var exactIn) || exactIn.GetBoolean();
        Amount = new TokenAmount(ulong.Parse(Text("amount"), CultureInfo.InvariantCulture));
        (AmountIn, AmountOut) = Amounts(json);
        Error = json.TryGetProperty("error", out var error) ? error.GetString() : null;
        Direction = IsForward(json) ? SwapDirection.AToB : SwapDirection.BToA;
    }

    /// <summary>The vector's label.</summary>
    public string Id { get; }

    /// <summary>Name of the state that it starts from.</summary>
    public string State { get; }

    /// <summary>Which mint goes in.</summary>
    public SwapDirection Direction { get; }

    /// <summary>The amount is the input.</summary>
    public bool IsExactIn { get; }

    /// <summary>The specified amount.</summary>
    public TokenAmount Amount { get; }

    /// <summary>How the program failed; null when it did not.</summary>
    public string? Error { get; }

    /// <summary>What the user paid; null when the swap failed or the form of the vector does not tell.</summary>
    public string? AmountIn { get; }

    /// <summary>What the user received; null likewise.</summary>
    public string? AmountOut { get; }

    /// <summary>The clock of this swap where the vector tells it, otherwise that of its state.</summary>
    public ChainClock ClockOr(in ChainClock stateClock)
    {
        var hasTime = Json.TryGetProperty("unixTime", out var time);
        var hasSlot = Json.TryGetProperty("slot", out var slot);
        return new ChainClock(
            hasSlot ? new Slot(ulong.Parse(slot.ToString(), CultureInfo.InvariantCulture)) : stateClock.Slot,
            hasTime ? long.Parse(time.ToString(), CultureInfo.InvariantCulture) : stateClock.UnixTime);
    }

    /// <summary>
    /// The bin arrays that the instruction passed, in its order; empty where the protocol's vectors list none.
    /// </summary>
    public IReadOnlyList<Pubkey> Arrays => Json.TryGetProperty("binArrays", out var arrays)
        ? [.. arrays.EnumerateArray().Select(key => Pubkey.Parse(key.GetString() ?? ""))]
        : [];

    /// <summary>All fields.</summary>
    public JsonElement Json { get; }

    /// <summary>Reads a vector.</summary>
    /// <exception cref="KeyNotFoundException">A field is missing.</exception>
    public static SwapVector Read(JsonElement json, string id) => new(json, id);

    /// <summary>A field that is text, such as an amount.</summary>
    /// <exception cref="KeyNotFoundException">It is missing.</exception>
    public string Text(string field) => Json.GetProperty(field).ToString();

    private (string? In, string? Out) Amounts(JsonElement json)
    {
        if (!json.TryGetProperty("kind", out var kind))
            return (Find(json, "userIn") ?? Find(json, "amountIn"), Find(json, "userOut") ?? Find(json, "amountOut"));
        return kind.GetString() switch
        {
            SellBase => (Text("amount"), Find(json, "uiQuote")),
            BuyBase => (Find(json, "uiQuote"), Text("amount")),
            BuyForQuote => (Text("amount"), Find(json, "base")),
            _ => (null, null),
        };
    }

    private static string? Find(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) ? value.ToString() : null;

    private static bool IsForward(JsonElement json)
    {
        if (json.TryGetProperty("kind", out var kind)) return kind.GetString() is SellBase or SellForQuote;
        foreach (var field in DirectionFields)
            if (json.TryGetProperty(field, out var value)) return value.GetBoolean();
        throw new KeyNotFoundException($"none of {string.Join(", ", DirectionFields)}");
    }
}
