using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Domain.Pools;

namespace Mev.Conformance.Vectors;

/// <summary>One swap from an untouched state, and what the program did.</summary>
public sealed class SwapVector
{
    private static readonly string[] DirectionFields = ["coinToPc", "zeroForOne", "aToB", "xToY"];

    private SwapVector(JsonElement json, string id)
    {
        (Json, Id) = (json, id);
        State = (json.TryGetProperty("state", out var state) ? state : json.GetProperty("pool")).GetString() ?? "";
        IsExactIn = !json.TryGetProperty("exactIn", out var exactIn) || exactIn.GetBoolean();
        Amount = new TokenAmount(ulong.Parse(Text("amount"), CultureInfo.InvariantCulture));
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

    /// <summary>The clock of the program's run, which is the state's where the vector names none.</summary>
    public ChainClock ClockOr(in ChainClock clock) => Json.TryGetProperty("unixTime", out var time)
        ? new ChainClock(new Slot(ulong.Parse(Text("slot"), CultureInfo.InvariantCulture)), time.GetInt64())
        : clock;

    private static bool IsForward(JsonElement json)
    {
        foreach (var field in DirectionFields)
            if (json.TryGetProperty(field, out var value)) return value.GetBoolean();
        throw new KeyNotFoundException($"none of {string.Join(", ", DirectionFields)}");
    }
}
