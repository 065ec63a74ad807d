using Mev.Adapters.Solana;

namespace Mev.DevHost.Configuration;

/// <summary>What <c>--help</c> and <c>--print-config</c> print.</summary>
internal static class ConfigurationText
{
    private const int SummaryColumns = 96;

    private static readonly string[] SecretWords =
        ["Secret", "Password", "Passphrase", "Token", "PrivateKey", "Uuid", "ConnectionString"];

    /// <summary>What there is to say; defaults are those in force, which the settings' files may have set.</summary>
    public static void Help(IConfiguration configuration, TextWriter output)
    {
        output.WriteLine("Runs the platform in one process: feed, silo, journal, HTTP on loopback.");
        output.WriteLine();
        output.WriteLine(
            "usage: Mev.DevHost [--recording FILE] [--exit-at-end] [--print-config] [--print-endpoints] "
            + "[--Section:Key value ...]");
        output.WriteLine();
        output.WriteLine("  --recording FILE the feed is this one (--Feed:Source Recording --Feed:RecordingPath FILE)");
        output.WriteLine("  --exit-at-end    end the process with the feed: code 0, or 6 when the feed failed");
        output.WriteLine("  --print-config   print the effective settings and end");
        output.WriteLine("  --print-endpoints  print what HTTP answers to with these settings, and end");
        output.WriteLine("  --help           this text");
        output.WriteLine();
        output.WriteLine("Ends with 0; with 1 when a part of the host failed, 2 when a setting is wrong, 5 when a");
        output.WriteLine("file or a port is not available, 6 when the feed cannot be read or is not the journal's.");
        output.WriteLine();
        output.WriteLine("Settings also come from appsettings.json and from variables MEV__Section__Key. In");
        output.WriteLine("brackets stands what is in force here.");
        foreach (var option in OptionCatalog.All)
        {
            var value = Shown(option.Key, configuration[option.Key]) ?? option.Default;
            output.WriteLine();
            output.WriteLine($"  --{option.Key} {(value.Length > 0 ? $"[{value}]" : "")}".TrimEnd());
            var allowed = option.Rules.Allowed;
            foreach (var line in Wrap(option.Summary)) output.WriteLine($"      {line}");
            if (allowed.Length > 0) output.WriteLine($"      Allowed: {allowed}.");
        }
    }

    public static void Print(IConfiguration configuration, TextWriter output)
    {
        var given = configuration.AsEnumerable().Where(entry => entry.Value is not null)
            .Select(entry => (entry.Key, entry.Value, Option: OptionCatalog.Find(entry.Key)))
            .Where(entry => entry.Option is not null)
            .ToList();
        var width = OptionCatalog.All.Max(option => option.Key.Length) + 2;
        foreach (var option in OptionCatalog.All)
        {
            var set = given.Where(entry => entry.Option == option)
                .OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
            foreach (var (key, value, _) in set) output.WriteLine($"{key.PadRight(width)} {Shown(key, value)}");
            if (set.Count == 0) output.WriteLine($"{option.Key.PadRight(width)} {option.Default,-44} # default");
        }
    }

    /// <summary>Whether the value of a key is shown to nobody.</summary>
    public static bool IsSecret(string key) =>
        SecretWords.Any(word => key.EndsWith(word, StringComparison.OrdinalIgnoreCase));

    private static string? Shown(string key, string? value)
    {
        if (IsSecret(key)) return "***";
        var isAddress = Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Host.Length > 0;
        return isAddress && !address!.IsFile ? Endpoints.Shown(address) : value;
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > SummaryColumns)
            {
                yield return line;
                line = "";
            }
            line += line.Length == 0 ? word : " " + word;
        }
        if (line.Length > 0) yield return line;
    }
}
