using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mev.Adapters.Paper.Generation;
using Mev.Simulator.BlockEngine;

namespace Mev.Simulator;

/// <summary>The text of <c>--help</c>: every option with its default and the summary of its documentation.</summary>
internal static partial class SimulatorHelp
{
    private static readonly (string Section, object Defaults)[] Sections =
    [
        (SimulatorOptions.Section, new SimulatorOptions()),
        (BlockEngineOptions.Section, new BlockEngineOptions()),
        (GeneratedFeedOptions.Section, new GeneratedFeedOptions()),
    ];

    /// <summary>The arguments ask for it.</summary>
    public static bool IsAsked(IEnumerable<string> arguments) =>
        arguments.Any(argument => argument is "--help" or "-h" or "-?");

    /// <summary>The text.</summary>
    public static string Text()
    {
        var lines = new List<string>
        {
            "Serves a seeded chain with its account stream, JSON-RPC and block engine on loopback.",
            "Options, as --Section:Key value or in the environment as Section__Key:",
        };
        foreach (var (section, defaults) in Sections)
        {
            var summaries = SummariesOf(defaults.GetType());
            lines.Add("");
            foreach (var property in defaults.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var value = property.GetValue(defaults);
                var isList = value is IEnumerable and not string;
                var shown = isList ? "" : Convert.ToString(value, CultureInfo.InvariantCulture);
                lines.Add($"  --{section}:{property.Name} {shown}".TrimEnd());
                lines.Add($"      {summaries.GetValueOrDefault(property.Name)}");
            }
        }
        return string.Join(Environment.NewLine, lines);
    }

    private static Dictionary<string, string> SummariesOf(Type type)
    {
        var path = Path.ChangeExtension(type.Assembly.Location, ".xml");
        var prefix = $"P:{type.FullName}.";
        if (!File.Exists(path)) return [];
        return XDocument.Load(path).Descendants("member")
            .Where(member => ((string?)member.Attribute("name") ?? "").StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(member => ((string?)member.Attribute("name") ?? "")[prefix.Length..], TextOf);
    }

    private static string TextOf(XElement member)
    {
        foreach (var reference in member.Descendants("see").ToList())
            reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.')[^1]);
        return Spaces().Replace(member.Element("summary")?.Value ?? "", " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
