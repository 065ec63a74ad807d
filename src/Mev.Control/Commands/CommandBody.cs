using System.Text.Json;
using System.Text.Unicode;

namespace Mev.Control.Commands;

/// <summary>
/// The body of a command: a JSON object, each member once, that names its command in <c>op</c>. Its further members are
/// its owner's to check.
/// </summary>
/// <param name="Name">The command's name.</param>
/// <param name="Class">Who it takes; never unknown.</param>
/// <param name="Members">The object.</param>
public sealed record CommandBody(string Name, CommandClass Class, JsonElement Members)
{
    /// <summary>Levels of nesting at most.</summary>
    public const int DepthMax = 16;

    private static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = DepthMax };

    /// <summary>Reads a body at its endpoint; null when it is no command of it.</summary>
    public static CommandBody? Read(ReadOnlyMemory<byte> body, string path)
    {
        // texts inside are not looked at by the parser until they are asked for
        if (body.Length > CommandRequest.BodyBytesMax || !Utf8.IsValid(body.Span)) return null;
        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            var members = json.RootElement;
            ReadTexts(members);
            return members.ValueKind == JsonValueKind.Object
                && members.TryGetProperty("op", out var op)
                && op.ValueKind == JsonValueKind.String
                && op.GetString() is { } name
                && CommandCatalog.ClassOf(name, path) is not CommandClass.Unknown and var @class
                ? new CommandBody(name, @class, members.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate in a text
        }
    }

    /// <summary>Once, so that nobody who asks for one later meets a text that is none.</summary>
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }
                break;
            default:
                break;
        }
    }
}
