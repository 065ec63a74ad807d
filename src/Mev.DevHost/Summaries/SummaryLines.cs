using System.Globalization;

namespace Mev.DevHost.Summaries;

/// <summary>The summary as plain lines, for files and pipes.</summary>
internal static class SummaryLines
{
    /// <summary>One line while the feed runs.</summary>
    public static string Line(SummaryMoment moment)
    {
        var (overview, feed) = (moment.Overview, moment.Overview.Feed);
        var part = feed.Total is > 0 and { } total ? $"{SummaryTexts.Percent((double)feed.Position / total)} " : "";
        var elapsed = moment.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        string[] parts =
        [
            $"{elapsed,6} s  {part}slot {feed.Slot}",
            $"{SummaryTexts.Rate(moment.UpdatesPerSecond)} updates",
            $"{SummaryTexts.Rate(moment.CandidatesPerSecond)} candidates",
            $"{SummaryTexts.Count(overview.Candidates.Opportunities)} opportunities",
            $"decided {SummaryTexts.Count(overview.Decisions.Total)} ({SummaryTexts.Reasons(overview.Decisions)})",
            $"landed {overview.LandRate.Landed} of {overview.LandRate.Of} ({overview.LandRate.Label})",
            $"net {SummaryTexts.Sol(overview.Profit.Net)}",
            feed.Trouble.Length > 0 ? SummaryTexts.State(feed) : "",
        ];
        return string.Join("  ", parts).TrimEnd();
    }

    /// <summary>The block at the end.</summary>
    public static IEnumerable<string> Block(SummaryMoment moment)
    {
        foreach (var (name, text) in Rows(moment)) yield return $"{name,-12} {text}";
    }

    /// <summary>Every row of the summary with its name.</summary>
    public static IEnumerable<(string Name, string Text)> Rows(SummaryMoment moment)
    {
        var overview = moment.Overview;
        var (feed, found, outcomes) = (overview.Feed, overview.Candidates, overview.Outcomes);
        yield return ("feed", $"{feed.Description}: {SummaryTexts.State(feed)}, {SummaryTexts.Position(feed)}, "
            + $"slot {feed.Slot}");
        yield return ("market", $"{SummaryTexts.Count(feed.Pools)} pools, {SummaryTexts.Count(feed.Cycles)} cycles"
            + $" over {overview.Shards.Length} shards"
            + (feed.CyclesLeftOut > 0 ? $"; {SummaryTexts.Count(feed.CyclesLeftOut)} cycles left out" : ""));
        yield return ("updates", Flow(found.Updates, moment.UpdatesPerSecond, moment.MeanUpdates, moment));
        yield return ("candidates", Flow(found.Evaluated, moment.CandidatesPerSecond, moment.MeanCandidates, moment));
        yield return ("found", $"{SummaryTexts.Count(found.Sized)} sized, "
            + $"{SummaryTexts.Count(found.Opportunities)} opportunities, {SummaryTexts.Count(found.Listed)} listed");
        yield return ("decisions", $"{SummaryTexts.Count(overview.Decisions.Total)}: "
            + SummaryTexts.Reasons(overview.Decisions));
        yield return ("outcomes", $"landed {outcomes.Landed}, refused {outcomes.Refused}, "
            + $"expired {outcomes.Expired}, unknown {outcomes.Unknown}, open {outcomes.Open}"
            + (outcomes.Corrections > 0 ? $", corrected {outcomes.Corrections}" : ""));
        if (outcomes.Causes.Count > 0) yield return ("causes", SummaryTexts.Causes(outcomes.Causes));
        yield return ("land rate", SummaryTexts.LandRate(overview.LandRate));
        yield return ("profit", $"{SummaryTexts.Sol(overview.Profit.Net)} net of "
            + $"{SummaryTexts.Sol(overview.Profit.Tips)} tips ({overview.LandRate.Label})");
        yield return ("journal", (overview.Journal.IsAvailable ? "append " : "UNAVAILABLE; append ")
            + (moment.Appends?.ToString() ?? "not measured yet"));
        if (overview.Limits.Any(limit => limit.Count > 0))
            yield return ("limits", SummaryTexts.Limits(overview.Limits));
        if (overview.Input.Any(input => input.Count > 0))
            yield return ("set aside", SummaryTexts.Input(overview.Input));
        if (overview.Policy.IsStopped) yield return ("policy", $"STOPPED by version {overview.Policy.Version}");
    }

    /// <summary>What the strategies believe of the arms that they know best.</summary>
    public static IEnumerable<string> Arms(SummaryMoment moment) =>
        from strategy in moment.Overview.Strategies
        from arm in strategy.TopArms
        where arm.OutcomesCount > 0
        select string.Create(
            CultureInfo.InvariantCulture,
            $"{"arm",-12} {strategy.Id} {arm.Arm}: {arm.Mean:0.000} ({arm.Low:0.000} to {arm.High:0.000}), "
            + $"{arm.OutcomesCount:0} outcomes");

    private static string Flow(long count, double rate, double mean, SummaryMoment moment) => moment.HasEnded
        ? $"{SummaryTexts.Count(count)}, {SummaryTexts.Rate(mean)} on average"
        : $"{SummaryTexts.Count(count)}, {SummaryTexts.Rate(rate)}";
}
