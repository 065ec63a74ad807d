using System.Collections;

namespace Mev.DevHost.Configuration;

/// <summary>Refuses keys that nobody reads: a misspelt setting must not be a setting left out.</summary>
internal static class ConfigurationKeys
{
    /// <summary>Sections that the framework reads; what is in them is its business.</summary>
    private static readonly string[] Framework =
        ["Logging", "Kestrel", "Environment", "ContentRoot", "ApplicationName", "DetailedErrors"];

    /// <summary>Mutations for the fault tests; their readers refuse them outside the environment Test.</summary>
    private static readonly string[] ForTests = ["Journal:DurabilityRule", "Trading:WriteAheadRule"];

    /// <summary>
    /// One message for each unknown key: of our sections wherever it comes from, and of our own sources.
    /// </summary>
    public static IReadOnlyList<string> Check(IConfiguration configuration, HostArguments arguments)
    {
        var roots = OptionCatalog.All.Select(option => option.Key.Split(':')[0])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var keys = configuration.AsEnumerable()
            .Where(entry => entry.Value is not null && roots.Contains(entry.Key.Split(':')[0]))
            .Select(entry => entry.Key)
            .Concat(arguments.Settings.Select(setting => setting[2..].Split('=')[0]))
            .Concat(Variables());
        return [.. keys.Distinct(StringComparer.OrdinalIgnoreCase).Select(Unknown).OfType<string>()];
    }

    /// <summary>The message when nobody reads the key; null when somebody does.</summary>
    public static string? Unknown(string key)
    {
        var isKnown = OptionCatalog.Find(key) is not null
            || Framework.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
            || ForTests.Contains(key, StringComparer.OrdinalIgnoreCase);
        if (isKnown) return null;
        var candidates = OptionCatalog.All.Select(option => option.Key)
            .Concat(HostArguments.Words.Select(word => word.TrimStart('-')));
        var nearest = candidates.MinBy(candidate => Distance(key, candidate));
        var shown = HostArguments.Words.Contains($"--{nearest}") ? $"--{nearest}" : nearest;
        return $"unknown option '{key}'; nearest is '{shown}'. --help lists all.";
    }

    private static IEnumerable<string> Variables()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = variable.Key as string ?? "";
            if (name.StartsWith(DevConfiguration.Prefix, StringComparison.OrdinalIgnoreCase))
                yield return name[DevConfiguration.Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
        }
    }

    /// <summary>Levenshtein's distance, letters in either case alike.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var replaced = diagonal + (isSame ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
