using System.CommandLine;

namespace Mev.Cli.History;

/// <summary>The options of a stretch of time, as they are asked of the gateway.</summary>
internal sealed class Stretch
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "From this time on (2026-11-28T04:00:00Z), or from so long ago (90m, 2h, 1d); default 1d.",
    };

    private readonly Option<string?> _to = new("--to") { Description = "Before this time, or so long ago." };

    private readonly Option<string?> _interval = new("--interval")
    {
        Description = "Length of an interval: 10s, 5m, 1h, 1d; default 1h.",
    };

    private readonly Option<string?> _strategy = new("--strategy") { Description = "Of this strategy only." };

    public IEnumerable<Option> Times => [_from, _to];

    public IEnumerable<Option> All => [_from, _to, _interval, _strategy];

    /// <summary>The query of those that were given, without the sign in front.</summary>
    public string Query(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        return string.Join('&', new[]
        {
            Part("from", parsed.GetValue(_from) is { } from ? TimeText.Of(from, now) : null),
            Part("to", parsed.GetValue(_to) is { } to ? TimeText.Of(to, now) : null),
            Part("interval", parsed.GetValue(_interval)),
            Part("strategy", parsed.GetValue(_strategy)),
        }.Where(part => part.Length > 0));
    }

    /// <summary>Both times as nanoseconds since 1970; by default the last day.</summary>
    /// <exception cref="CommandFailure">One is no time, or the first is after the second.</exception>
    public (long From, long To) Nanoseconds(ParseResult parsed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var to = parsed.GetValue(_to) is { } last ? TimeText.Nanoseconds("--to", last, now) : long.MaxValue;
        var from = TimeText.Nanoseconds("--from", parsed.GetValue(_from) ?? "1d", now);
        if (from <= to) return (from, to);
        throw new CommandFailure(ExitCode.Usage, "--from is after --to: exchange them");
    }

    public static string Part(string name, string? value) =>
        value is null ? "" : $"{name}={Uri.EscapeDataString(value)}";
}
