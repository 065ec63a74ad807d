using System.Globalization;
using Mev.Auctions;
using Mev.Domain.Auctions;

namespace Mev.Cli.Auctions;

/// <summary>One bidder's figures, in percent.</summary>
internal sealed record AuctionLine
{
    public static IReadOnlyList<string> Headings { get; } =
    [
        "bidder", ">landed/offered", ">least", ">by value", ">raw", ">norm", ">tip/gross", ">coverage", ">outbid",
        ">late", ">guard", ">dropped", ">factored - it: norm", ">raw",
    ];

    public required string Bidder { get; init; }

    public required double Landed { get; init; }

    public required double LandedError { get; init; }

    public required double LandedLeast { get; init; }

    public required double LandedByValue { get; init; }

    public required double Raw { get; init; }

    public required double RawError { get; init; }

    public required double Norm { get; init; }

    public required double NormError { get; init; }

    public required double TipShare { get; init; }

    public required double Coverage { get; init; }

    public required double Outbid { get; init; }

    public required double Late { get; init; }

    public required double ValueGuard { get; init; }

    public required double Dropped { get; init; }

    /// <summary>How much more the factored sampler has, paired; null when it does not play or is this line.</summary>
    public required double? NormBehind { get; init; }

    public required double? NormBehindError { get; init; }

    public required double? RawBehind { get; init; }

    public required double? RawBehindError { get; init; }

    public IReadOnlyList<string> Cells =>
    [
        Bidder, Text(Landed, LandedError), Text(LandedLeast), Text(LandedByValue), Text(Raw, RawError),
        Text(Norm, NormError), Text(TipShare), Text(Coverage), Text(Outbid), Text(Late), Text(ValueGuard),
        Text(Dropped), Text(NormBehind, NormBehindError), Text(RawBehind, RawBehindError),
    ];

    public static AuctionLine Of(Scoreboard board, string market, string name)
    {
        var landed = board.Figure(market, name, tally => tally.LandRate);
        var (raw, norm) = (board.Raw(market, name), board.Norm(market, name));
        var isCompared = name != Contender.FactoredName && board.Of(market, Contender.FactoredName).Count > 0;
        var normBehind = isCompared ? board.Norm(market, Contender.FactoredName).Minus(norm) : null;
        var rawBehind = isCompared ? board.Raw(market, Contender.FactoredName).Minus(raw) : null;
        double Share(Func<AuctionTally, double> figure) => Percent(board.Figure(market, name, figure).Mean);
        return new AuctionLine
        {
            Bidder = name,
            Landed = Percent(landed.Mean),
            LandedError = Percent(landed.Error),
            LandedLeast = Percent(landed.Least),
            LandedByValue = Share(tally => tally.ValueLandRate),
            Raw = Percent(raw.Mean),
            RawError = Percent(raw.Error),
            Norm = Percent(norm.Mean),
            NormError = Percent(norm.Error),
            TipShare = Share(tally => tally.TipShare),
            Coverage = Share(tally => tally.Coverage),
            Outbid = Share(tally => (double)tally.Outbid / tally.Offered),
            Late = Share(tally => (double)tally.Late / tally.Offered),
            ValueGuard = Share(tally => (double)tally.ValueGuard / tally.Offered),
            Dropped = Share(tally => (double)tally.Dropped / tally.Offered),
            NormBehind = Percent(normBehind?.Mean),
            NormBehindError = Percent(normBehind?.Error),
            RawBehind = Percent(rawBehind?.Mean),
            RawBehindError = Percent(rawBehind?.Error),
        };
    }

    private static double Percent(double share) => Math.Round(100.0 * share, 3);

    private static double? Percent(double? share) => share is { } known ? Percent(known) : null;

    private static string Text(double? percent, double? error = null) => percent is not { } known
        ? ""
        : known.ToString("0.0", CultureInfo.InvariantCulture)
            + (error is { } spread ? string.Create(CultureInfo.InvariantCulture, $" ±{spread:0.00}") : "");
}
