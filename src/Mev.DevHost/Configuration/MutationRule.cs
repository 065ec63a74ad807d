namespace Mev.DevHost.Configuration;

/// <summary>
/// The rules that tests break on purpose are never broken where money is: not in the mode Live, whatever the
/// environment calls itself.
/// </summary>
internal static class MutationRule
{
    private static readonly string[] Broken = ["Trading:WriteAheadRule", "Journal:DurabilityRule"];

    /// <summary>One message for each broken rule that may not be.</summary>
    public static IReadOnlyList<string> Refusals(IConfiguration configuration)
    {
        var mode = configuration.GetSection(ExecutionOptions.Section)[nameof(ExecutionOptions.Mode)];
        var isLive = Enum.TryParse<ExecutionMode>(mode, ignoreCase: true, out var parsed)
            && parsed == ExecutionMode.Live;
        return isLive
            ? [.. Broken.Where(key => configuration[key] is not null).Select(key =>
                $"{key} '{configuration[key]}' is for tests: it is never set with Execution:Mode Live")]
            : [];
    }
}
