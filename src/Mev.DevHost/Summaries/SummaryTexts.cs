using System.Globalization;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Decisions;
using Mev.Domain.Feed;
using Mev.Domain.Limits;
using Mev.Gateway.Overviews;

namespace Mev.DevHost.Summaries;

/// <summary>Numbers as people read them, always in the same form.</summary>
internal static class SummaryTexts
{
    private const decimal LamportsPerSol = 1_000_000_000m;

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0}/s");

    public static string Sol(Lamports amount) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount.Value / LamportsPerSol:0.000000000} SOL");

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    public static string LandRate(LandRate rate) => rate is { Value: { } value, Low: { } low, High: { } high }
        ? $"{Percent(value)} of {Count(rate.Of)} (95 %: {Percent(low)} to {Percent(high)}), {rate.Label}"
        : $"nothing settled yet, {rate.Label}";

    /// <summary>What becomes of decisions, and what that implies.</summary>
    public static string Execution(ExecutionOptions options) => options.HasSimulator
        ? $"{options.Mode}, sent to a simulator in this process with assumed rivals, which implies Feed:Source "
            + "Yellowstone and Pump:Pace Conflate"
        : $"{options.Mode}";

    public static string Position(Overview.FeedPart feed) => feed.Total is { } total
        ? $"{Count((long)feed.Position)} of {Count((long)total)} batches"
        : $"{Count((long)feed.Position)} batches";

    public static string State(Overview.FeedPart feed) => feed switch
    {
        { IsComplete: true } => "complete",
        { IsFailed: true } => $"failed: {feed.Trouble}",
        { Trouble.Length: > 0 } => $"waiting: {feed.Trouble}",
        { Position: 0 } => "starting",
        _ => "running",
    };

    public static string Reasons(Overview.DecisionPart decisions) => decisions.Reasons.Count == 0
        ? "none yet"
        : string.Join(", ", decisions.Reasons.Select(entry => $"{Word(entry.Key)} {Count(entry.Value)}"));

    /// <summary>Why outcomes were what they were.</summary>
    public static string Causes(IEnumerable<KeyValuePair<OutcomeCause, long>> causes) =>
        string.Join(", ", causes.Select(entry => $"{entry.Key} {Count(entry.Value)}"));

    /// <summary>The bounds that were met.</summary>
    public static string Limits(IEnumerable<LimitCount> limits) => string.Join(", ", limits
        .Where(limit => limit.Count > 0).Select(limit => $"{limit.Name} {Count(limit.Count)} ({limit.Then})"));

    /// <summary>What came and was not taken as it came.</summary>
    public static string Input(IEnumerable<InputCount> input) => string.Join(", ", input
        .Where(kind => kind.Count > 0).Select(kind => $"{kind.Name} {Count(kind.Count)}"));

    private static string Word(DecisionReason reason) => reason == DecisionReason.None ? "Submitted" : $"{reason}";
}
