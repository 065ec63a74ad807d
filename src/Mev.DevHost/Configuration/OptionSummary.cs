using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mev.DevHost.Configuration;

/// <summary>
/// The summary of an option, from the documentation file beside its assembly; empty without the file.
/// </summary>
internal static partial class OptionSummary
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> Documents = new();

    public static string Of(PropertyInfo property)
    {
        var type = property.DeclaringType ?? throw new ArgumentException("a property without a type", nameof(property));
        var summaries = Documents.GetOrAdd(type.Assembly, Read);
        return summaries.GetValueOrDefault($"P:{type.FullName}.{property.Name}", "");
    }

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path)) return [];
        return XDocument.Load(path).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(
                member => (string?)member.Attribute("name") ?? "",
                member => Text(member.Element("summary") ?? member));
    }

    private static string Text(XElement summary)
    {
        foreach (var reference in summary.Descendants("see").ToList())
            reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.')[^1]);
        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
