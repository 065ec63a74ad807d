using System.Text.Json;
using Mev.Domain.Chain;
using Mev.Simulator.Chain;

namespace Mev.Simulator.Rpc;

/// <summary>The parameters of a request. Whatever is wrong with them is a refusal.</summary>
internal readonly struct RpcParameters(JsonElement all)
{
    private readonly JsonElement _all = all;

    /// <summary>The parameter at a place; one of kind Undefined when there is none.</summary>
    public JsonElement this[int place] =>
        _all.ValueKind == JsonValueKind.Array && place < _all.GetArrayLength() ? _all[place] : default;

    /// <summary>The address at a place.</summary>
    public Pubkey Address(int place) => Address(this[place]);

    /// <summary>The texts of the list at a place, so many at most.</summary>
    public List<string> Texts(int place, int most)
    {
        if (this[place].ValueKind != JsonValueKind.Array) throw RpcRefusal.Parameters("a list is missing");
        if (this[place].GetArrayLength() > most) throw RpcRefusal.Parameters($"Too many inputs provided; max {most}");
        return [.. this[place].EnumerateArray().Select(Text)];
    }

    /// <summary>A member of the configuration at a place.</summary>
    public JsonElement Member(int place, string name) =>
        this[place].ValueKind == JsonValueKind.Object && this[place].TryGetProperty(name, out var member)
            ? member
            : default;

    /// <summary>How safe a state the configuration at a place asks for.</summary>
    public SlotStep Commitment(int place) => Member(place, "commitment") switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => SlotStep.Finalized,
        { ValueKind: JsonValueKind.String } text => text.GetString() switch
        {
            "processed" => SlotStep.Processed,
            "confirmed" => SlotStep.Confirmed,
            "finalized" => SlotStep.Finalized,
            _ => throw RpcRefusal.Parameters("a commitment that is not known"),
        },
        _ => throw RpcRefusal.Parameters("commitment is no text"),
    };

    /// <summary>A number of the configuration at a place; null when it is not there.</summary>
    public ulong? Number(int place, string name) => Member(place, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetUInt64(out var value) => value,
        _ => throw RpcRefusal.Parameters($"{name} is no number"),
    };

    /// <summary>The number at a place.</summary>
    public ulong Whole(int place) =>
        this[place].ValueKind == JsonValueKind.Number && this[place].TryGetUInt64(out var value)
            ? value
            : throw RpcRefusal.Parameters("a number is missing");

    /// <summary>The address of a text.</summary>
    public static Pubkey Address(JsonElement text) => Pubkey.TryParse(Text(text), out var key)
        ? key
        : throw RpcRefusal.Parameters("no address");

    /// <summary>A text.</summary>
    public static string Text(JsonElement text) => text.ValueKind == JsonValueKind.String
        ? text.GetString() ?? ""
        : throw RpcRefusal.Parameters("a text is missing");
}
