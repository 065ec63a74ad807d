using System.Globalization;
using System.Text;
using Mev.Auctions;

namespace Mev.Cli.Auctions;

/// <summary>
/// Two panels as SVG: profit so far over the opportunities, as a share of the bid oracle's; land rate against profit.
/// </summary>
internal static class AuctionPlot
{
    private const int PanelWidth = 520;
    private const int PanelHeight = 360;
    private const int Margin = 60;
    private const int LegendWidth = 200;

    private static readonly string[] Colours =
    [
        "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#777777", "#000000", "#994f00", "#40b0a6",
    ];

    public static string Draw(Scoreboard board, string market, IReadOnlyList<string> names)
    {
        var svg = new StringBuilder();
        var (width, height) = (2 * PanelWidth + LegendWidth, PanelHeight + Margin);
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"");
        Add(svg, $"font-family=\"sans-serif\" font-size=\"12\">");
        Add(svg, $"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>");
        var rivals = names.Where(name => name != Contender.BidOracleName).ToArray();
        DrawCurves(svg, board, market, rivals);
        DrawFrontier(svg, board, market, rivals);
        for (var i = 0; i < rivals.Length; i++)
            AddText(svg, 2 * PanelWidth + 10, Margin + 18 * i, $"fill=\"{Colour(i)}\"", rivals[i]);
        AddText(svg, 10, height - 6, "font-size=\"9\"", AuctionCommand.Caveat);
        Add(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawCurves(StringBuilder svg, Scoreboard board, string market, string[] names)
    {
        var oracle = Cumulative(board, market, Contender.BidOracleName);
        var curves = names.Select(name => Cumulative(board, market, name)
            .Zip(oracle, (mine, most) => (mine.Offered, 100.0 * mine.Profit / most.Profit)).ToArray()).ToArray();
        var panel = Panel.Around(0, curves.SelectMany(curve => curve));
        panel.DrawAxes(svg, "opportunities of a seed", "profit so far, % of the bid oracle");
        for (var i = 0; i < curves.Length; i++)
        {
            var points = string.Join(' ', curves[i].Select(point => panel.Text(point)));
            var stroke = $"stroke=\"{Colour(i)}\" stroke-width=\"1.5\"{Dashes(i)}";
            Add(svg, $"<polyline points=\"{points}\" fill=\"none\" {stroke}/>");
        }
    }

    private static void DrawFrontier(StringBuilder svg, Scoreboard board, string market, string[] names)
    {
        var points = names.Select(name => (
            100.0 * board.Figure(market, name, tally => tally.LandRate).Mean,
            100.0 * board.Raw(market, name).Mean)).ToArray();
        var panel = Panel.Around(PanelWidth, points);
        panel.DrawAxes(svg, "landed of offered, %", "profit, % of the bid oracle");
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = panel.Place(points[i]);
            Add(svg, $"<circle cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"4\" fill=\"{Colour(i)}\"/>");
        }
    }

    /// <summary>Opportunities and profit up to the end of each block, over all seeds.</summary>
    private static List<(double Offered, double Profit)> Cumulative(Scoreboard board, string market, string name)
    {
        var results = board.Of(market, name);
        var (offered, profit, curve) = (0.0, 0.0, new List<(double, double)>());
        for (var block = 0; block < results[0].Blocks.Count; block++)
        {
            offered += results[0].Blocks[block].Offered;
            profit += results.Sum(result => result.Blocks[block].ProfitSol);
            curve.Add((offered, profit));
        }
        return curve;
    }

    /// <summary>Where the colours come round again, lines are dashed.</summary>
    private static string Dashes(int index) => index < Colours.Length ? "" : " stroke-dasharray=\"6 3\"";

    private static string Colour(int index) => Colours[index % Colours.Length];

    private static void Add(StringBuilder svg, FormattableString text) =>
        svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private static void AddText(StringBuilder svg, int x, int y, string style, string text) =>
        Add(svg, $"<text x=\"{x}\" y=\"{y}\" {style}>{text}</text>");

    /// <summary>A pair of axes and where values lie between them.</summary>
    private sealed record Panel(int Left, (double X, double Y) Low, (double X, double Y) High)
    {
        public static Panel Around(int left, IEnumerable<(double X, double Y)> points)
        {
            var all = points.Where(point => double.IsFinite(point.Y)).DefaultIfEmpty().ToArray();
            var low = (all.Min(point => point.X), Math.Max(0.0, all.Min(point => point.Y)));
            return new Panel(left, low, (all.Max(point => point.X), all.Max(point => point.Y)));
        }

        public (double X, double Y) Place((double X, double Y) value) => (
            Left + Margin + (PanelWidth - 2 * Margin) * Part(value.X, Low.X, High.X),
            PanelHeight - Margin - (PanelHeight - 2 * Margin) * Part(value.Y, Low.Y, High.Y));

        public string Text((double X, double Y) value)
        {
            var (x, y) = Place(value);
            return string.Create(CultureInfo.InvariantCulture, $"{x:0.0},{y:0.0}");
        }

        public void DrawAxes(StringBuilder svg, string across, string up)
        {
            var (bottom, right) = (PanelHeight - Margin, Left + PanelWidth - Margin);
            Add(svg, $"<path d=\"M{Left + Margin} {Margin}V{bottom}H{right}\" fill=\"none\" stroke=\"black\"/>");
            const string End = "text-anchor=\"end\"";
            AddText(svg, Left + Margin, bottom + 16, "", Number(Low.X));
            AddText(svg, right, bottom + 16, End, Number(High.X));
            AddText(svg, (Left + Margin + right) / 2, bottom + 32, "text-anchor=\"middle\"", across);
            AddText(svg, Left + Margin - 6, bottom, End, Number(Low.Y));
            AddText(svg, Left + Margin - 6, Margin + 4, End, Number(High.Y));
            AddText(svg, Left + Margin, Margin - 14, "", up);
        }

        private static string Number(double value) =>
            value.ToString(value < 100.0 ? "0.0" : "N0", CultureInfo.InvariantCulture);

        private static double Part(double value, double low, double high) =>
            high > low ? Math.Clamp((value - low) / (high - low), 0.0, 1.0) : 0.5;
    }
}
