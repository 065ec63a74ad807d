using System.Globalization;
using System.Text.Json;
using Mev.Domain.Chain;

namespace Mev.Control.Commands;

/// <summary>
/// Reads the members of a command's body. The first one that is not there or has another form is remembered with what
/// is allowed; the values read after that mean nothing.
/// </summary>
internal sealed class CommandMembers(JsonElement members)
{
    /// <summary>Characters of a reason at most.</summary>
    public const int ReasonLengthMax = 500;

    private const int TextLengthMax = 200;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Says what is wrong, unless something was already.</summary>
    public void Refuse(string problem) => Problem ??= problem;

    public string Text(string name, int lengthMax = TextLengthMax)
    {
        var text = members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
        if (text.Length == 0 || text.Length > lengthMax)
            Refuse($"'{name}' must be a text of 1 to {lengthMax} characters");
        return text;
    }

    /// <summary>Why somebody does it.</summary>
    public string Reason()
    {
        var reason = Text("reason", ReasonLengthMax);
        if (string.IsNullOrWhiteSpace(reason)) Refuse("'reason' must not be blank");
        return reason;
    }

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => members.TryGetProperty(name, out _);

    public ulong Number(string name) => TryNumber(name, out var number) ? number : 0;

    /// <summary>The number as its text or itself; null where the member is not there.</summary>
    public ulong? OptionalNumber(string name) =>
        members.TryGetProperty(name, out _) && TryNumber(name, out var number) ? number : null;

    public Guid Id(string name)
    {
        if (Guid.TryParseExact(Text(name), "D", out var id)) return id;
        Refuse($"'{name}' must be the id of a command, a UUID");
        return default;
    }

    public Digest Hash(string name)
    {
        if (Digest.TryParse(Text(name), out var digest)) return digest;
        Refuse($"'{name}' must be a SHA-256 of 64 hexadecimal digits");
        return default;
    }

    /// <summary>Bytes in base64, in their one spelling.</summary>
    public byte[] Bytes(string name)
    {
        if (StructuredFields.CanonicalBase64.Read(Text(name, CommandRequest.BodyBytesMax)) is { } bytes) return bytes;
        Refuse($"'{name}' must be base64 with padding");
        return [];
    }

    /// <summary>An object inside; empty when there is none.</summary>
    public CommandMembers Object(string name)
    {
        if (members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
            return new CommandMembers(value);
        Refuse($"'{name}' must be an object");
        return new CommandMembers(JsonSerializer.SerializeToElement(new { }));
    }

    /// <summary>The objects of a list; none when there is none, or more than allowed.</summary>
    public IReadOnlyList<CommandMembers> Objects(string name, int countMax)
    {
        if (members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() <= countMax
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object))
        {
            return [.. value.EnumerateArray().Select(item => new CommandMembers(item))];
        }
        Refuse($"'{name}' must be a list of at most {countMax} objects");
        return [];
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name, int countMax)
    {
        if (members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() <= countMax
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString() ?? "")];
        }
        Refuse($"'{name}' must be a list of at most {countMax} texts");
        return [];
    }

    /// <summary>Refuses members that nobody reads: a misspelt one must not be one left out.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        foreach (var member in members.EnumerateObject())
            if (!names.Contains(member.Name)) Refuse($"'{member.Name}' is no member of it");
    }

    private bool TryNumber(string name, out ulong number)
    {
        number = 0;
        var text = !members.TryGetProperty(name, out var value) ? ""
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : "";
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return true;
        Refuse($"'{name}' must be a whole number, as a text or itself");
        return false;
    }
}
