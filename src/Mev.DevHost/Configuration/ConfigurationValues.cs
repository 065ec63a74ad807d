namespace Mev.DevHost.Configuration;

/// <summary>Refuses values that cannot be what their option is, before anything is made of any of them.</summary>
internal static class ConfigurationValues
{
    private const string LogLevelSection = "LogLevel"; // Logging:LogLevel:Category, Logging:Provider:LogLevel:Category

    /// <summary>One message for each bad value: its key, the value, and what is allowed.</summary>
    public static IReadOnlyList<string> Check(IConfiguration configuration) =>
    [
        .. configuration.AsEnumerable().Select(entry => entry.Value is { } value ? Refusal(entry.Key, value) : null)
            .OfType<string>().Order(StringComparer.Ordinal),
    ];

    private static string? Refusal(string key, string value)
    {
        if (IsLogLevel(key))
        {
            var levels = Enum.GetNames<LogLevel>();
            return levels.Contains(value, StringComparer.OrdinalIgnoreCase)
                ? null
                : $"{key} '{value}' is not allowed: {string.Join(", ", levels)}";
        }
        if (OptionCatalog.Find(key) is not { } option || option.Rules.Allows(value)) return null;
        var allowed = option.Rules.Allowed;
        var shown = ConfigurationText.IsSecret(key) ? "***" : value;
        return $"{key} '{shown}' is not allowed: {(allowed.Length > 0 ? allowed : option.Summary)}";
    }

    private static bool IsLogLevel(string key) =>
        key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
        && key.Split(':') is [.., var section, _]
        && section.Equals(LogLevelSection, StringComparison.OrdinalIgnoreCase);
}
