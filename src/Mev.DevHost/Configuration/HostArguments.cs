namespace Mev.DevHost.Configuration;

/// <summary>
/// The command line: switches of the host, and settings as <c>--Section:Key value</c> or <c>=value</c>.
/// </summary>
internal sealed record HostArguments(
    bool WantsHelp, bool WantsConfiguration, bool WantsEndpoints, IReadOnlyList<string> Settings, string? Error)
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--exit-at-end"] = $"--{DevHostOptions.Section}:{nameof(DevHostOptions.ExitAtEnd)}=true",
    };

    private static readonly Dictionary<string, string[]> Short = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--recording"] = ["--Feed:Source=Recording", "--Feed:RecordingPath="],
    };

    /// <summary>Words that no option has and that stand for themselves.</summary>
    public static IEnumerable<string> Words =>
        [.. Switches.Keys, .. Short.Keys, "--help", "--print-config", "--print-endpoints"];

    public static HostArguments Parse(IReadOnlyList<string> arguments)
    {
        var (help, print, endpoints) = (false, false, false);
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is "--help" or "-h" or "-?") help = true;
            else if (argument == "--print-config") print = true;
            else if (argument == "--print-endpoints") endpoints = true;
            else if (Switches.TryGetValue(argument, out var setting)) settings.Add(setting);
            else if (!argument.StartsWith("--", StringComparison.Ordinal))
                return Refused($"'{argument}' is no option: settings are written --Section:Key value");
            else if (argument.Contains('=', StringComparison.Ordinal)) settings.Add(argument);
            else if (Short.TryGetValue(argument, out var settingsOf) && i + 1 < arguments.Count)
                settings.AddRange([.. settingsOf[..^1], settingsOf[^1] + arguments[++i]]);
            else if (ConfigurationKeys.Unknown(argument[2..]) is { } unknown) return Refused(unknown);
            else if (i + 1 == arguments.Count) return Refused($"{argument} has no value: write {argument} VALUE");
            else settings.Add($"{argument}={arguments[++i]}");
        }
        return new HostArguments(help, print, endpoints, settings, null);
    }

    private static HostArguments Refused(string error) => new(false, false, false, [], error);
}
