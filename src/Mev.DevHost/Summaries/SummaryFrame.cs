using System.Globalization;
using Mev.Gateway.Overviews;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mev.DevHost.Summaries;

/// <summary>One frame of the summary in a terminal.</summary>
internal static class SummaryFrame
{
    private const int BarColumns = 40;

    public static IRenderable Of(SummaryMoment moment, IReadOnlyList<string> urls, IReadOnlyList<string> log)
    {
        var rows = new List<IRenderable> { Bar(moment), Numbers(moment) };
        if (moment.Overview.Strategies.Any(strategy => strategy.TopArms.Any(arm => arm.OutcomesCount > 0)))
            rows.Add(Arms(moment.Overview));
        rows.Add(new Markup($"[grey]{Markup.Escape(string.Join("   ", urls))}[/]"));
        rows.AddRange(log.Select(line => new Text(line, new Style(Color.Grey)) { Overflow = Overflow.Ellipsis }));
        return new Rows(rows);
    }

    private static Markup Bar(SummaryMoment moment)
    {
        var feed = moment.Overview.Feed;
        var state = Markup.Escape(SummaryTexts.State(feed));
        var colour = feed switch { { IsFailed: true } => "red", { Trouble.Length: > 0 } => "yellow", _ => "green" };
        var elapsed = string.Create(CultureInfo.InvariantCulture, $"{moment.Elapsed.TotalSeconds:0.0} s");
        if (feed.Total is not (> 0 and { } total)) return new Markup($"[{colour}]{state}[/]  {elapsed}");
        var share = Math.Min(1.0, (double)feed.Position / total);
        var full = (int)(share * BarColumns);
        var bar = $"[{colour}]{new string('█', full)}[/][grey]{new string('░', BarColumns - full)}[/]";
        return new Markup($"{bar} {SummaryTexts.Percent(share)}  [{colour}]{state}[/]  {elapsed}");
    }

    private static Grid Numbers(SummaryMoment moment)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, text) in SummaryLines.Rows(moment))
            grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(text));
        return grid;
    }

    private static Table Arms(Overview overview)
    {
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumn("strategy").AddColumn("arm").AddColumn(new TableColumn("mean").RightAligned())
            .AddColumn(new TableColumn("5 % to 95 %").RightAligned())
            .AddColumn(new TableColumn("outcomes").RightAligned());
        foreach (var strategy in overview.Strategies)
        {
            foreach (var arm in strategy.TopArms.Where(arm => arm.OutcomesCount > 0))
            {
                table.AddRow(
                    Markup.Escape(strategy.Id),
                    Markup.Escape(arm.Arm.ToString()),
                    arm.Mean.ToString("0.000", CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{arm.Low:0.000} to {arm.High:0.000}"),
                    arm.OutcomesCount.ToString("0", CultureInfo.InvariantCulture));
            }
        }
        return table;
    }
}
