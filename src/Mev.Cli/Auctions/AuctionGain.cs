using System.Globalization;
using Mev.Auctions;

namespace Mev.Cli.Auctions;

/// <summary>What one bidder has more than another on the same seeds, with the paired 95 % interval.</summary>
internal sealed record AuctionGain
{
    public static IReadOnlyList<string> Headings { get; } =
    [
        "bidder", "against", ">raw gain, %", ">norm gain, %", ">landed gain, points", ">raw, worst quarter, %",
        ">raw, 2nd half, %",
    ];

    public required string Bidder { get; init; }

    public required string Against { get; init; }

    /// <summary>Raw profit, % of the other's.</summary>
    public required Spread Raw { get; init; }

    /// <summary>Norm profit, % of the other's.</summary>
    public required Spread Norm { get; init; }

    /// <summary>Landed of offered, points: profit that is bought by landing less shows here.</summary>
    public required Spread Landed { get; init; }

    /// <summary>Raw profit of the own worst quarter of seeds, % of the other's worst quarter; no interval.</summary>
    public required double RawWorstQuarter { get; init; }

    /// <summary>Raw profit of the second half, after any shift, % of the other's.</summary>
    public required Spread RawSecondHalf { get; init; }

    public IReadOnlyList<string> Cells =>
    [
        Bidder, Against, Raw.ToString(), Norm.ToString(), Landed.ToString(),
        RawWorstQuarter.ToString("+0.00;-0.00", CultureInfo.InvariantCulture), RawSecondHalf.ToString(),
    ];

    public static AuctionGain Of(Scoreboard board, string market, string name, string against)
    {
        var (mine, theirs) = (board.Raw(market, name), board.Raw(market, against));
        var landed = board.Figure(market, name, tally => 100.0 * tally.LandRate)
            .Minus(board.Figure(market, against, tally => 100.0 * tally.LandRate));
        return new AuctionGain
        {
            Bidder = name,
            Against = against,
            Raw = Spread.OfGain(mine, theirs),
            Norm = Spread.OfGain(board.Norm(market, name), board.Norm(market, against)),
            Landed = Spread.Of(landed, 1.0),
            RawWorstQuarter = Spread.Rounded(100.0 * (mine.WorstQuarter / theirs.WorstQuarter - 1.0)),
            RawSecondHalf = Spread.OfGain(
                board.Raw(market, name, result => result.SecondHalf),
                board.Raw(market, against, result => result.SecondHalf)),
        };
    }

    /// <summary>A mean with its 95 % interval.</summary>
    internal readonly record struct Spread(double Mean, double Low, double High)
    {
        public static Spread OfGain(SeedFigures mine, SeedFigures theirs) =>
            Of(mine.Minus(theirs), 100.0 / theirs.Mean);

        public static Spread Of(SeedFigures figures, double scale) => new(
            Rounded(scale * figures.Mean), Rounded(scale * figures.Low95), Rounded(scale * figures.High95));

        /// <summary>To two places, as it is shown; never a negative zero, whose sign would be shown too.</summary>
        public static double Rounded(double value) => Math.Round(value, 2) + 0.0;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Mean:+0.00;-0.00} [{Low:+0.00;-0.00}, {High:+0.00;-0.00}]");
    }
}
